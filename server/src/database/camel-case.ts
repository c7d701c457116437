const known = new Map<string, string>();

/** A column's name as the product calls it. */
export const camelCase = (column: string): string => {
  let name = known.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    known.set(column, name);
  }
  return name;
};
