/** What an edit of the rules does to somebody; the order is that of weight. */
export const effectKinds = ["lose", "move", "toLobby", "gain", "fromLobby", "role"] as const;
export type EffectKind = (typeof effectKinds)[number];
