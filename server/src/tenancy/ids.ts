import { v7, validate } from "uuid";
import { takeRandomBytes } from "./random-bytes.ts";

/** The organisation a row belongs to: the isolation boundary. */
export type OrgId = string & { readonly __brand: "OrgId" };

let latest = 0;
let sequence = 0;

/** A new UUIDv7: ids sort by the time they were made, those of one millisecond by a sequence (RFC 9562 §6.2, method 1). */
export const newId = (): string => {
  const random = takeRandomBytes(16);
  const now = Date.now();
  if (now > latest) {
    latest = now;
    // It begins in the lower half, so that there is room to count up.
    sequence = new DataView(random.buffer, random.byteOffset).getUint32(4) >>> 1;
  } else {
    sequence = (sequence + 1) >>> 0;
    if (sequence === 0) latest += 1;
  }
  return v7({ random, msecs: latest, seq: sequence });
};

export const newOrgId = (): OrgId => newId() as OrgId;

export const isId = (text: string): boolean => validate(text);

/** @throws Error when the text is not a UUID: it is about to be written into `SET LOCAL`. */
export const asId = (text: string): string => {
  if (!validate(text)) throw new Error("not a UUID");
  return text;
};

/** @throws Error as `asId` */
export const asOrgId = (text: string): OrgId => asId(text) as OrgId;
