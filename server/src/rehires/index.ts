/** People who left and came back as somebody new to the directory: suggested by employee number, decided by an administrator. */
export { registerRehireRoutes } from "./routes.ts";
export { mayBeBack, suggestForLeaver, suggestForNewcomer } from "./suggest.ts";
export { rehireIrreversible } from "./undo.ts";
