/** What a change goes back to: the SCIM request, the administrator's deed, the rule edit. */
export type Cause = {
  readonly kind: "scim" | "administrator" | "rules" | "undo" | "system";
  /** The provisioning log entry or rule edit behind it, where there is one. */
  readonly id: string | null;
  /** "Entra sent PATCH /Users/…" */
  readonly sentence: string;
  readonly actor: { readonly id: string | null; readonly name: string };
};

/** One change: what happened to what, as a sentence and as values. */
export type Change = {
  /** `noun.deed`, such as "account.role-changed". */
  readonly action: string;
  readonly sentence: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly tenantId?: string | null;
  readonly before?: object | null;
  readonly after?: object | null;
};
