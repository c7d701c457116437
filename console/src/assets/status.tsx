import type { AssetRow, AssetStatus as Status, StatusKind } from "../api/contract.ts";
import { Tone, type ToneName } from "../elements/tone.tsx";

const tones: Record<StatusKind, ToneName> = {
  deployable: "ok",
  pending: "warn",
  undeployable: "bad",
  archived: "calm",
};

export const AssetStatus = ({ status: { kind, name } }: { status: Status }) => (
  <Tone tone={tones[kind]}>{name}</Tone>
);

type Held = Pick<AssetRow, "status" | "holder">;

/** The status; of an asset that is ready and out, that it is out, for nobody can have it now. */
export const AssetState = ({ asset: { status, holder } }: { asset: Held }) =>
  holder && status.kind === "deployable" ? (
    <Tone tone="calm">Checked out</Tone>
  ) : (
    <AssetStatus status={status} />
  );
