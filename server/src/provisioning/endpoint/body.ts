import { scimErrors } from "@muster/scim";

/** A request body as it came and as it was understood. */
export type ScimBody = { readonly text: string; readonly value: unknown };

declare module "fastify" {
  interface FastifyRequest {
    scimBody?: ScimBody;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws ScimError 400 on anything but JSON in UTF-8 */
export const parseBody = (body: Buffer): ScimBody => {
  if (body.length === 0) return { text: "", value: undefined };
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw scimErrors.invalidSyntax("The body is not UTF-8.");
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    throw scimErrors.invalidSyntax(`The body is not JSON: ${(error as Error).message}`);
  }
};
