import { quantile } from "./quantile.ts";
import { readMachineCpu, readTreeCpu } from "./processes.ts";

/** Cores that other processes kept busy while the benchmark ran. */
export type ForeignLoad = { readonly p50: number; readonly p99: number; readonly mean: number };

const interval = 2000;

/** Watches, every two seconds, what of the machine's processors went neither to us nor to what we started. */
export const watchForeignLoad = (): { stop(): ForeignLoad } => {
  const samples: number[] = [];
  let last = { at: performance.now(), machine: readMachineCpu(), ours: readTreeCpu(process.pid) };
  const timer = setInterval(() => {
    const now = {
      at: performance.now(),
      machine: readMachineCpu(),
      ours: readTreeCpu(process.pid),
    };
    const foreign = now.machine - last.machine - (now.ours - last.ours);
    samples.push(Math.max(0, foreign / (now.at - last.at)));
    last = now;
  }, interval);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      const sorted = samples.toSorted((one, other) => one - other);
      return {
        p50: quantile(sorted, 0.5) ?? 0,
        p99: quantile(sorted, 0.99) ?? 0,
        mean: samples.reduce((sum, one) => sum + one, 0) / Math.max(1, samples.length),
      };
    },
  };
};
