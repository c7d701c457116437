import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Directory, GraphAssignment, GraphGroup, GraphReference, GraphUser } from "./model.ts";

type Json = Record<string, unknown>;

/** Thrown when a directory file is not one; the message says which entry and why. */
export class DirectoryFileError extends Error {
  override readonly name = "DirectoryFileError";
}

/** The file name of the sample organisation that ships with the emulator. */
export const contosoFile = fileURLToPath(new URL("contoso.json", import.meta.url));

/**
 * Reads a directory file in Graph's shapes.
 * Takes a file name (default: the shipped sample). Gives the directory. Throws DirectoryFileError.
 */
export async function loadDirectory(file: string = contosoFile): Promise<Directory> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new DirectoryFileError(`Cannot read the directory file ${file}: ${String(error)}`);
  }
  try {
    return parseDirectory(JSON.parse(text));
  } catch (error) {
    if (error instanceof DirectoryFileError) throw error;
    throw new DirectoryFileError(`${file} is not JSON: ${String(error)}`);
  }
}

/**
 * Reads `{ users, groups, appRoleAssignedTo }`, each a list or Graph's `{ "value": [...] }`, or one bare
 * list of both kinds told apart by `@odata.type` or by their attributes. Throws DirectoryFileError.
 */
export function parseDirectory(json: unknown): Directory {
  const mixed = isJson(json) && !("users" in json) && !("groups" in json) ? json["value"] : json;
  if (Array.isArray(mixed)) return readMixed(mixed);
  if (!isJson(mixed))
    throw new DirectoryFileError("A directory is an object with users and groups.");
  return checkIds({
    users: unwrap(mixed["users"], "users").map(readUser),
    groups: unwrap(mixed["groups"], "groups").map(readGroup),
    appRoleAssignedTo: unwrap(mixed["appRoleAssignedTo"], "appRoleAssignedTo").map(readAssignment),
  });
}

function readMixed(entries: readonly unknown[]): Directory {
  const rows = entries.map((entry, index) => toJson(entry, `value[${index}]`));
  const isUser = (row: Json): boolean =>
    "@odata.type" in row
      ? String(row["@odata.type"]).endsWith(".user")
      : "userPrincipalName" in row;
  return checkIds({
    users: rows.filter(isUser).map(readUser),
    groups: rows.filter((row) => !isUser(row)).map(readGroup),
    appRoleAssignedTo: [],
  });
}

function readUser(entry: unknown, index: number): GraphUser {
  const row = toJson(entry, `users[${index}]`);
  requireText(row, "id", `users[${index}]`);
  // A delta query's tombstone carries nothing but the id.
  if (!("@removed" in row)) requireText(row, "userPrincipalName", `users[${index}]`);
  const manager = readManager(row);
  return {
    userPrincipalName: "",
    ...row,
    ...(manager === undefined ? {} : { manager }),
  } as unknown as GraphUser;
}

/** Graph spells a manager as an object ($expand), as a bind address, or as a delta list. */
function readManager(row: Json): GraphReference | null | undefined {
  const bind = row["manager@odata.bind"];
  if (typeof bind === "string") return { id: lastSegment(bind) };
  const delta = row["manager@delta"];
  if (Array.isArray(delta)) {
    const kept = delta.filter(isJson).find((entry) => !("@removed" in entry));
    return kept === undefined ? null : { id: String(kept["id"]) };
  }
  const manager = row["manager"];
  if (typeof manager === "string") return { id: manager };
  if (isJson(manager) && typeof manager["id"] === "string") return { id: manager["id"] };
  return "manager" in row ? null : undefined;
}

function readGroup(entry: unknown, index: number): GraphGroup {
  const row = toJson(entry, `groups[${index}]`);
  requireText(row, "id", `groups[${index}]`);
  if (!("@removed" in row)) requireText(row, "displayName", `groups[${index}]`);
  const listed = row["members"] ?? row["members@delta"] ?? row["members@odata.bind"];
  const members = unwrap(listed, `groups[${index}].members`)
    .map((member) => readMember(member, `groups[${index}]`))
    .filter((member) => member !== undefined);
  return { displayName: "", ...row, members } as unknown as GraphGroup;
}

function readMember(member: unknown, place: string): GraphReference | undefined {
  if (typeof member === "string") return { id: lastSegment(member) };
  const row = toJson(member, `${place}.members`);
  if ("@removed" in row) return undefined;
  const id = requireText(row, "id", `${place}.members`);
  const type = row["@odata.type"];
  return typeof type === "string" ? { "@odata.type": type, id } : { id };
}

function readAssignment(entry: unknown, index: number): GraphAssignment {
  const row = toJson(entry, `appRoleAssignedTo[${index}]`);
  requireText(row, "principalId", `appRoleAssignedTo[${index}]`);
  return row as unknown as GraphAssignment;
}

function checkIds(directory: Directory): Directory {
  const seen = new Set<string>();
  for (const { id } of [...directory.users, ...directory.groups]) {
    if (seen.has(id)) throw new DirectoryFileError(`The object id ${id} occurs twice.`);
    seen.add(id);
  }
  return directory;
}

function unwrap(list: unknown, place: string): readonly unknown[] {
  if (list === undefined || list === null) return [];
  if (Array.isArray(list)) return list;
  if (isJson(list) && Array.isArray(list["value"])) return list["value"];
  throw new DirectoryFileError(`${place} is neither a list nor { "value": [...] }.`);
}

function toJson(entry: unknown, place: string): Json {
  if (isJson(entry)) return entry;
  throw new DirectoryFileError(`${place} is not an object.`);
}

function requireText(row: Json, attribute: string, place: string): string {
  const value = row[attribute];
  if (typeof value === "string" && value !== "") return value;
  throw new DirectoryFileError(`${place} has no ${attribute}.`);
}

function lastSegment(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
