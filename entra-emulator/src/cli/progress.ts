import { SingleBar } from "cli-progress";
import type { Phase } from "../engine/job.ts";

export type Progress = {
  readonly advance: (phase: Phase, done: number, total: number) => void;
  readonly stop: () => void;
};

/** A bar for each phase on a terminal, a line for each finished phase elsewhere; on stderr, so that stdout stays the result. */
export function showProgress(isWanted: boolean): Progress {
  if (!isWanted) return { advance: () => {}, stop: () => {} };
  if (!process.stderr.isTTY) {
    return {
      advance: (phase, done, total) => {
        if (done === total) console.error(`${phase}: ${done}`);
      },
      stop: () => {},
    };
  }
  let current: Phase | undefined;
  let bar: SingleBar | undefined;
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
    current = undefined;
  };
  return {
    advance: (phase, done, total) => {
      if (phase !== current) {
        stop();
        current = phase;
        bar = new SingleBar({
          format: `${phase.padEnd(8)} {bar} {value}/{total}  {eta_formatted}`,
          barCompleteChar: "█",
          barIncompleteChar: "░",
          hideCursor: true,
          stream: process.stderr,
        });
        bar.start(total, done);
      } else bar?.update(done);
    },
    stop,
  };
}
