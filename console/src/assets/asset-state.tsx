import type { AssetRow, StatusKind } from "../api/contract.ts";
import { Tone, type ToneName } from "../elements/tone.tsx";

const tones: Record<StatusKind, ToneName> = {
  deployable: "ok",
  pending: "warn",
  undeployable: "bad",
  archived: "calm",
};

/** Its status; or that it is out, which is what a deployable one is for. */
export const AssetState = ({ asset: { status, holder } }: { asset: Pick<AssetRow, "status" | "holder"> }) =>
  holder && status.kind === "deployable" ? (
    <Tone tone="calm">Checked out</Tone>
  ) : (
    <Tone tone={tones[status.kind]}>{status.name}</Tone>
  );
