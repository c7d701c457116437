import { foldForSearch } from "#database";

/** Somebody made by hand, as far as they can be recognised. */
export type Local = {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly email: string | null;
  readonly employeeNumber: string | null;
};

/** Somebody the directory sent. */
export type Candidate = {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  /** Every address they have, and the user name. */
  readonly aliases: readonly string[];
  readonly employeeNumber: string | null;
};

/** Why two may be one, each with what it is worth. A name is worth something only beside another reason. */
const worth = { email: 70, "employee-number": 60, alias: 50, name: 20 } as const;

export type Reason = keyof typeof worth;

/** From here on a match is certain enough to be confirmed with others at once. */
export const certain = 90;

export type Match = { readonly score: number; readonly reasons: readonly Reason[] };

/** How sure it is that two are one person; undefined where nothing but a name speaks for it. Pure. */
export const scoreMatch = (local: Local, person: Candidate): Match | undefined => {
  const address = key(local.email);
  const isSameEmail = address !== "" && address === key(person.email);
  const isAlias = address !== "" && person.aliases.some((alias) => key(alias) === address);
  const number = key(local.employeeNumber);
  const reasons: Reason[] = [
    ...(isSameEmail ? (["email"] as const) : []),
    ...(!isSameEmail && isAlias ? (["alias"] as const) : []),
    ...(number !== "" && number === key(person.employeeNumber)
      ? (["employee-number"] as const)
      : []),
  ];
  if (reasons.length === 0) return undefined;
  if (key(local.name) === key(person.name)) reasons.push("name");
  return {
    score: Math.min(
      100,
      reasons.reduce((sum, reason) => sum + worth[reason], 0),
    ),
    reasons,
  };
};

const key = (text: string | null): string => foldForSearch(text ?? "").trim();
