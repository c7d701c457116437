import { availableParallelism } from "node:os";

/**
 * How many of its slots a process lets be in work while several connections ask: two for each core, since half of a request
 * is waiting (for the database, for the disk), and half of them at most. More would share the processor with whoever asks
 * little, and make nobody faster.
 * @param processes how many share the cores
 */
export const sharedSlots = (
  slots: number,
  processes = 1,
  cores: number = availableParallelism(),
): number => Math.max(1, Math.min(Math.floor(slots / 2), Math.floor((2 * cores) / processes)));

/**
 * How many slots of a process a connection has at least while several ask: two in all processes together, enough for 25
 * requests a second (as Entra asks for) of 80 ms each.
 */
export const leastShare = (processes = 1): number => Math.ceil(2 / processes);
