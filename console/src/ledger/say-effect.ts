import type { UndoEffect } from "../api/contract.ts";

const shownNames = 3;

/** The effect as far as it is known, as a sentence. Pure. */
export const sayEffect = (parts: readonly UndoEffect[]): string => {
  const sum = (of: (part: UndoEffect) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const changes = sum((part) => part.changes);
  const names = [...new Set(parts.flatMap((part) => part.names))];
  const isComplete = parts.at(-1)?.next === null;
  const progress = isComplete
    ? ""
    : ` Looked at ${sum(({ people }) => people).toLocaleString("en")} of ${(parts[0]?.total ?? 0).toLocaleString("en")} people so far.`;
  if (changes === 0)
    return isComplete ? "Nobody's access role or tenant changes by it." : progress.trim();
  const said =
    changes === 1
      ? "1 change of somebody's access role or tenant follows"
      : `${changes.toLocaleString("en")} changes of people's access roles and tenants follow`;
  const others = changes > names.slice(0, shownNames).length ? " and others" : "";
  return `${said}: ${names.slice(0, shownNames).join(", ")}${others}.${progress}`;
};
