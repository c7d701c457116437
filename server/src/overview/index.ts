/** What the first page shows: counts of everything, and what changed last. */
export { registerOverviewRoutes } from "./routes.ts";
