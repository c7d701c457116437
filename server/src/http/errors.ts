/** What went wrong with one field: `path` is dotted ("items.0.email"). */
export type FieldError = { readonly path: string; readonly message: string };

/** An answer other than success, thrown anywhere and turned into problem+json (or a SCIM error) at the edge. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  /** What happened. */
  readonly title: string;
  readonly fields: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail why, and what to do next */
  constructor(
    status: number,
    title: string,
    detail: string,
    more: { fields?: readonly FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.fields = more.fields ?? [];
    this.headers = more.headers ?? {};
  }
}

export const notFound = (
  what: string,
  detail = "It may have been removed, or the address is mistyped.",
) => new HttpError(404, `${what} not found`, detail);

export const conflict = (title: string, detail: string) => new HttpError(409, title, detail);

export const forbidden = (title: string, detail: string) => new HttpError(403, title, detail);

export const unauthorized = (title: string, detail: string) => new HttpError(401, title, detail);

export const invalid = (title: string, detail: string, fields: readonly FieldError[] = []) =>
  new HttpError(400, title, detail, { fields });

export const tooMany = (title: string, detail: string, retryAfterSeconds: number) =>
  new HttpError(429, title, detail, {
    headers: { "retry-after": String(Math.ceil(retryAfterSeconds)) },
  });
