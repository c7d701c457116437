import { ScimError } from "@muster/scim";

/** 503: nothing is wrong with what was sent; come back later. */
export class Unavailable extends ScimError {
  readonly retryAfterSeconds: number;

  constructor(detail: string, retryAfterSeconds: number) {
    super(503, undefined, detail);
    this.name = "Unavailable";
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
