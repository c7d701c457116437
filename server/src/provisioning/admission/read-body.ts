import type { IncomingMessage } from "node:http";
import { scimErrors } from "@muster/scim";
import { limits } from "../endpoint/limits.ts";
import type { BodyRoom } from "./body-room.ts";
import { Throttled } from "./throttled.ts";

/** A body that has been read, and what gives its room back. */
export type HeldBody = { readonly bytes: Buffer; readonly giveBack: () => void };

/**
 * Reads a request's body into the room that its lane has for bodies.
 * @throws ScimError 413 when it is larger than a body may be, 400 when it is not all there; Throttled when there is no room
 */
export const readBody = async (
  stream: Pick<IncomingMessage, "headers"> & AsyncIterable<Buffer>,
  lane: string,
  room: BodyRoom,
): Promise<HeldBody> => {
  const announced = Number(stream.headers["content-length"]);
  if (announced > limits.bodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  let held = 0;
  const giveBack = () => {
    room.giveBack(lane, held);
    held = 0;
  };
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > limits.bodyBytes) throw tooLarge();
      if (!room.take(lane, chunk.length)) throw noRoom();
      held += chunk.length;
      chunks.push(chunk);
    }
    if (announced >= 0 && announced !== length)
      throw scimErrors.invalidSyntax("The body is not as long as Content-Length says.");
    return { bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length), giveBack };
  } catch (error) {
    giveBack();
    throw error;
  }
};

const tooLarge = () =>
  scimErrors.payloadTooLarge(
    `The body is too large: it may have ${limits.bodyBytes} bytes (maxPayloadSize). Send fewer members or operations in one request.`,
  );

const noRoom = () =>
  new Throttled(
    "saturated",
    1,
    (seconds) =>
      `The bodies of this connection's requests that wait for their turn take all the memory there is for them. Send this one again in ${seconds}, and fewer or smaller ones at a time.`,
  );
