import { describe, expect, test } from "vitest";
import { OAuthError } from "./oauth-error.ts";
import { readTokenRequest } from "./read-token-request.ts";

const grant = "grant_type=client_credentials";
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("client credentials", () => {
  test.each([
    ["in the header", basic("id:s3cret"), grant],
    ["in the header, form-encoded (RFC 6749 §2.3.1)", basic("%69d:s3%63ret"), grant],
    ["in the form", undefined, `${grant}&client_id=id&client_secret=s3cret`],
    ["in both alike", basic("id:s3cret"), `${grant}&client_id=id&client_secret=s3cret`],
    ["in the header, the id in the form too", basic("id:s3cret"), `${grant}&client_id=id`],
    ["with a scope", basic("id:s3cret"), `${grant}&scope=a+b&scope=`],
    ["under a scheme in capitals", `BASIC ${basic("id:s3cret").slice(6)}`, grant],
  ])("%s", (_what, authorization, form) => {
    expect(readTokenRequest({ authorization, form })).toEqual({ clientId: "id", secret: "s3cret" });
  });

  test.each<[string, OAuthError["code"], string | undefined, string]>([
    ["nothing", "invalid_request", undefined, ""],
    ["no grant type", "invalid_request", basic("id:s3cret"), "grant_type="],
    ["another grant type", "unsupported_grant_type", basic("id:s3cret"), "grant_type=password"],
    ["a parameter twice", "invalid_request", basic("id:s3cret"), `${grant}&${grant}`],
    ["two ids", "invalid_request", basic("id:s3cret"), `${grant}&client_id=other`],
    ["two secrets", "invalid_request", basic("id:s3cret"), `${grant}&client_secret=other`],
    ["no credentials", "invalid_client", undefined, grant],
    ["no secret", "invalid_client", undefined, `${grant}&client_id=id`],
    ["another scheme", "invalid_client", "Bearer s3cret", grant],
    ["no colon", "invalid_client", basic("s3cret"), grant],
    ["an empty secret", "invalid_client", basic("id:"), grant],
  ])("%s is refused: %s", (_what, code, authorization, form) => {
    const read = () => readTokenRequest({ authorization, form });
    expect(read).toThrow(OAuthError);
    const status = code === "invalid_client" ? 401 : 400;
    expect(read).toThrow(expect.objectContaining({ status, code }));
    // What was sent is in no message: messages are kept.
    expect(read).not.toThrow("s3cret");
  });
});
