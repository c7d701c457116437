/** What somebody may do with a noun: `accounts:view`. `session` is no permission: it asks for nothing but a session. */
export type Permission = `${string}:${string}`;

/** One module's permissions by verb: `definePermissions("assets", ["view", "edit"]).view` is "assets:view". */
export const definePermissions = <const Noun extends string, const Verb extends string>(
  noun: Noun,
  verbs: readonly Verb[],
): { readonly [V in Verb]: `${Noun}:${V}` } =>
  Object.fromEntries(verbs.map((verb) => [verb, `${noun}:${verb}`])) as {
    [V in Verb]: `${Noun}:${V}`;
  };

/** Declared here because the ledger lies below this module. */
export const ledgerPermissions = definePermissions("ledger", ["view"]);

export const settingsPermissions = definePermissions("settings", ["view", "edit"]);
