const longest = /^.{0,200}/su;

/**
 * An employee number as it is compared: without spaces around it and whatever the case of A to Z. Cut, because an index entry
 * has a limit and a number as long as that is none; null for one that says nothing.
 */
export const employeeKey = (employeeNumber: string): string | null => {
  const trimmed = employeeNumber.replaceAll(/^ +| +$/g, "");
  const key = (longest.exec(trimmed)?.[0] ?? "").replaceAll(/[A-Z]/g, (letter) =>
    letter.toLowerCase(),
  );
  return key === "" ? null : key;
};
