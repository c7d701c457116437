import type { AccountStatus as Status } from "../api/contract.ts";
import { Tone } from "../elements/tone.tsx";

export const AccountStatus = ({ status }: { status: Status }) =>
  status === "active" ? <Tone tone="ok">Active</Tone> : <Tone tone="calm">Disabled</Tone>;
