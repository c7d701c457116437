import type { Recorder, Slot } from "../measure/recorder.ts";
import type { Answer, Ask, Client } from "./client.ts";

/** What an answer must be to count as right. */
export type Expected = {
  readonly status: readonly number[];
  /** `totalResults` of a list. */
  readonly total?: number;
};

/** Sends, records, and gives the answer when it is right. */
export type Perform = (kind: string, ask: Ask, expected: Expected) => Promise<Answer | undefined>;

type Given = {
  readonly recorder: Recorder;
  readonly isRecorded: boolean;
  readonly slot: Omit<Slot, "kind">;
  readonly onAnswer: () => void;
};

type Deed = { readonly kind: string; readonly ask: Ask; readonly expected: Expected };

/** A wrong answer is counted as a failure; how fast it came is no merit and is not recorded. */
export const createPerformer =
  ({ recorder, isRecorded, slot, onAnswer }: Given) =>
  async (client: Client, { kind, ask, expected }: Deed): Promise<Answer | undefined> => {
    const own = { ...slot, kind };
    try {
      const answer = await client.send(ask);
      onAnswer();
      const problem = findProblem(answer, expected);
      if (problem !== undefined) {
        if (isRecorded) recorder.addFailure(own, `${ask.method} ${ask.path}: ${problem}`);
        return undefined;
      }
      if (isRecorded) recorder.add(own, answer.millis);
      return answer;
    } catch (error) {
      recorder.addFailure(own, `${ask.method} ${ask.path}: ${(error as Error).message}`);
      return undefined;
    }
  };

const findProblem = ({ status, body }: Answer, expected: Expected): string | undefined => {
  if (!expected.status.includes(status)) return `${status} ${body.toString("utf8", 0, 300)}`;
  if (expected.total === undefined) return undefined;
  const total = totalOf(body);
  return total === expected.total ? undefined : `totalResults ${total}, not ${expected.total}`;
};

export const totalOf = (body: Buffer): number =>
  Number(/"totalResults" *: *(\d+)/.exec(body.toString("utf8"))?.[1]);

/** The id of the resource in an answer. */
export const idOf = (answer: Answer): string =>
  (JSON.parse(answer.body.toString()) as { id: string }).id;
