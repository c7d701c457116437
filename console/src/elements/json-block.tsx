import { CopyButton } from "./copy-button.tsx";
import classes from "./json-block.module.css";

/** JSON, made readable; text that is none stays as it is. */
export const JsonBlock = ({ text, what }: { text: string; what: string }) => {
  const pretty = makePretty(text);
  return (
    <div className={classes["block"]}>
      {/* Scrolls, so it must be reachable without a mouse (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area */}
      <pre tabIndex={0} aria-label={`${what} as JSON`} role="region">
        {pretty}
      </pre>
      <div className={classes["copy"]}>
        <CopyButton value={pretty} what={what} size="compact-xs" />
      </div>
    </div>
  );
};

const makePretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};
