import type { Outcome as OutcomeName } from "../../api/contract.ts";
import { Tone, type ToneName } from "../../elements/tone.tsx";

export const outcomes: Record<OutcomeName, { label: string; tone: ToneName }> = {
  created: { label: "Created", tone: "ok" },
  changed: { label: "Changed", tone: "ok" },
  unchanged: { label: "Unchanged", tone: "calm" },
  deleted: { label: "Deleted", tone: "warn" },
  read: { label: "Read", tone: "calm" },
  refused: { label: "Refused", tone: "bad" },
  failed: { label: "Failed", tone: "bad" },
};

export const Outcome = ({ outcome }: { outcome: OutcomeName }) => (
  <Tone tone={outcomes[outcome].tone}>{outcomes[outcome].label}</Tone>
);
