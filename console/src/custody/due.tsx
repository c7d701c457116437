import { Tone } from "../elements/tone.tsx";
import { isPast, sayDay } from "../elements/time.ts";

/** The day by which an item must be back. */
export const Due = ({ on }: { on: string }) =>
  isPast(on) ? (
    <Tone tone="bad">Overdue since {sayDay(on)}</Tone>
  ) : (
    <Tone tone="calm">Due {sayDay(on)}</Tone>
  );
