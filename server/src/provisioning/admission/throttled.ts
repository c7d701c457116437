import { ScimError } from "@muster/scim";

/** 429: come back later. It says when, and what would help. */
export class Throttled extends ScimError {
  readonly retryAfterSeconds: number;
  /** Past the administrator's limit, or no room in this process. */
  readonly reason: "limit" | "saturated";

  constructor(reason: Throttled["reason"], wait: number, sentences: (seconds: string) => string) {
    const seconds = Math.min(mostSeconds, Math.max(1, Math.ceil(wait)));
    super(429, undefined, sentences(seconds === 1 ? "a second" : `${seconds} seconds`));
    this.name = "Throttled";
    this.reason = reason;
    this.retryAfterSeconds = seconds;
  }
}

/** What lies further ahead is not known so exactly. */
const mostSeconds = 60;
