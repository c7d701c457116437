/** The PostgreSQL server that npm brings, run in a data folder. */
export { shippedMajor } from "./binaries.ts";
export { joinEmbedded } from "./join.ts";
export { hasDatabase, startEmbedded, type EmbeddedServer } from "./launch.ts";
export { DataFolderInUse } from "./lock.ts";
