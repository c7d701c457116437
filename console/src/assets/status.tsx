import type { AssetStatus as Status, StatusKind } from "../api/contract.ts";
import { Tone, type ToneName } from "../elements/tone.tsx";

const tones: Record<StatusKind, ToneName> = {
  deployable: "ok",
  pending: "warn",
  undeployable: "bad",
  archived: "calm",
};

export const AssetStatus = ({ status }: { status: Status }) => (
  <Tone tone={tones[status.kind]}>{status.name}</Tone>
);
