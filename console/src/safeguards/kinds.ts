import type { HeldChange } from "../api/contract.ts";
import type { ToneName } from "../elements/tone.tsx";

/** What would happen to somebody, in a word. */
export const kinds: Record<HeldChange["kind"], { label: string; tone: ToneName }> = {
  disabled: { label: "Disabled", tone: "bad" },
  moved: { label: "Leaves a tenant", tone: "warn" },
  "role-changed": { label: "Another role", tone: "warn" },
  created: { label: "New", tone: "ok" },
  enabled: { label: "Enabled", tone: "ok" },
  "identity-changed": { label: "Name or address", tone: "calm" },
};
