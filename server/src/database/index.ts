/** The database: opening it (embedded, or DATABASE_URL), migrating it, and running statements on it. */
export { DataFolderInUse, hasDatabase } from "./embedded/index.ts";
export type { DB } from "./tables.generated.ts";
export { openConversation, type Conversation } from "./conversation.ts";
export { compile, execute, isOneOf, prepare, query, statement, type Query } from "./executor.ts";
export type { Statement } from "./pipeline.ts";
export { valueRefusal } from "./refusal.ts";
export { foldForSearch, searchPatterns } from "./search.ts";
export type { Log } from "./log.ts";
export { inSchemaTransaction } from "./migrate.ts";
export { attachDatabase, joinDatabase, openDatabase, type Database } from "./open.ts";
export { asOwner } from "./owner.ts";
export { connect, DatabaseUnavailable, inDoubt } from "./unavailable.ts";
