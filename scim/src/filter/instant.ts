const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/i;

/** An xsd:dateTime (RFC 7643 §2.3.5) as milliseconds; without a zone it is UTC. NaN when it is not one. */
export function parseInstant(text: string): number {
  const parts = DATE_TIME.exec(text);
  if (!parts) return Number.NaN;
  return Date.parse(parts[1] ? text : `${text}Z`);
}
