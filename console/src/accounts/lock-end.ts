/** The day on which a moment falls here, as a date field has it: 2026-11-30. */
export const dayOf = (at: string): string => {
  const date = new Date(at);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};

/** The last moment of a day here. */
export const endOf = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();
