import type { RecoveryRow } from "../api/contract.ts";
import { Tone } from "../elements/tone.tsx";

export const RecoveryState = ({ recovery }: { recovery: RecoveryRow }) => {
  const { closedAt, outstanding, returned } = recovery;
  if (closedAt) return <Tone tone="calm">Closed</Tone>;
  return (
    <Tone tone="warn">
      {outstanding} of {outstanding + returned} out
    </Tone>
  );
};
