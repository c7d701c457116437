import type { AssetRow, StatusKind } from "../api/contract.ts";
import { Tone, type ToneName } from "../elements/tone.tsx";

const tones: Record<StatusKind, ToneName> = {
  deployable: "ok",
  pending: "warn",
  undeployable: "bad",
  archived: "calm",
};

type Held = Pick<AssetRow, "status" | "holder">;

/** The status; of an asset that is ready and out, that it is out, for nobody can have it now. */
export const AssetState = ({ asset: { status, holder } }: { asset: Held }) =>
  holder && status.kind === "deployable" ? (
    <Tone tone="calm">Checked out</Tone>
  ) : (
    <Tone tone={tones[status.kind]}>{status.name}</Tone>
  );
