import { v7, validate } from "uuid";

/** The organisation a row belongs to: the isolation boundary. */
export type OrgId = string & { readonly __brand: "OrgId" };

/** A new UUIDv7: ids sort by the time they were made. */
export const newId = (): string => v7();

export const newOrgId = (): OrgId => v7() as OrgId;

export const isId = (text: string): boolean => validate(text);

/** @throws Error when the text is not a UUID: it is about to be written into `SET LOCAL`. */
export const asId = (text: string): string => {
  if (!validate(text)) throw new Error("not a UUID");
  return text;
};

/** @throws Error as `asId` */
export const asOrgId = (text: string): OrgId => asId(text) as OrgId;
