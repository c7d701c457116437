export const markdownTable = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** Three figures that mean something: 0.254, 3.41, 118. */
export const milliseconds = (value: number | undefined): string => {
  if (value === undefined) return "";
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
};

export const whole = (value: number | undefined): string =>
  value === undefined ? "" : Math.round(value).toLocaleString("en");
