/** What something throws says; nothing when it throws nothing. */
export const messageOf = (act: () => unknown): string => {
  try {
    act();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};
