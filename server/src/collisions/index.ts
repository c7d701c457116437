/** People made by hand who may be the same as somebody the directory sent: matched, scored, decided by an administrator. */
export { registerCollisionRoutes } from "./routes.ts";
export { suggestCollisions } from "./suggest.ts";
export { collisionIrreversible } from "./undo.ts";
