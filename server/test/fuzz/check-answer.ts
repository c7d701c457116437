/** A request as it was sent, and what came back. */
export type Exchange = {
  readonly isScim: boolean;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly milliseconds: number;
};

const slow = 10_000;
/** A stack, a statement, a place on the server's disk. */
const inside = /node_modules|\bat async |\.ts:\d+|insert into |org_id|DatabaseError/;

/** What is wrong with an answer, whatever was asked; undefined when nothing is. */
export const faultOf = ({
  isScim,
  status,
  contentType,
  text,
  milliseconds,
}: Exchange): string | undefined => {
  if (status >= 500 && status !== 501) return `answered ${status}`;
  if (milliseconds > slow) return `took ${Math.round(milliseconds)} ms`;
  if (text === "") return undefined;
  if (status < 400)
    return isScim && !contentType.startsWith("application/scim+json")
      ? `is ${contentType}`
      : undefined;
  if (!/^application\/(scim|problem)\+json/.test(contentType)) return `refused as ${contentType}`;
  if (inside.test(text)) return "shows what is inside";
  const body = parse(text);
  if (typeof body?.detail !== "string" || !/\w+\W+\w+/.test(body.detail))
    return "was refused without a detail that says what to do";
  return Number(body.status) === status
    ? undefined
    : `says ${String(body.status)} and is ${status}`;
};

const parse = (text: string): { detail?: unknown; status?: unknown } | undefined => {
  try {
    return JSON.parse(text) as { detail?: unknown };
  } catch {
    return undefined;
  }
};
