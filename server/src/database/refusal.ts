/**
 * Why the database will not take a value that a client sent, as a sentence that says what to do; undefined for any other
 * error. Classes of SQLSTATE: 22, data exception (NUL, a number out of range); 54, program limit exceeded (what is looked
 * up by an index has a greatest length).
 */
export const valueRefusal = (error: { readonly code?: unknown }): string | undefined => {
  const { code } = error;
  if (typeof code !== "string") return undefined;
  if (code.startsWith("22"))
    return "A value cannot be stored: check for control characters and numbers out of range.";
  if (code.startsWith("54"))
    return "A value is too long to be stored: names, addresses and ids have room for about 2,000 characters.";
  return undefined;
};
