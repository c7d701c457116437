import type { LedgerEntry } from "../api/contract.ts";
import { Tone, type ToneName } from "../elements/tone.tsx";

type Kind = LedgerEntry["cause"]["kind"];

export const causeKinds: Record<Kind, { label: string; tone: ToneName }> = {
  scim: { label: "Directory", tone: "calm" },
  administrator: { label: "By hand", tone: "ok" },
  rules: { label: "Rule edit", tone: "warn" },
  undo: { label: "Undo", tone: "warn" },
  system: { label: "Muster", tone: "calm" },
};

/** Where a change comes from, at a glance. */
export const CauseKind = ({ kind }: { kind: Kind }) => (
  <Tone tone={causeKinds[kind].tone}>{causeKinds[kind].label}</Tone>
);
