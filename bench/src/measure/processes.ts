import { readdirSync, readFileSync } from "node:fs";

type Process = { readonly parent: number; readonly cpu: number };

const millisPerTick = 10;

/** Milliseconds of processor that a process and its descendants, also ended ones, have used. Zero where there is no /proc. */
export const readTreeCpu = (root: number): number => {
  const processes = readProcesses();
  const belongs = (id: number): boolean => {
    for (let at = id; at > 1; at = processes.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  let total = 0;
  for (const [id, { cpu }] of processes) if (belongs(id)) total += cpu;
  return total;
};

const readProcesses = (): Map<number, Process> => {
  const processes = new Map<number, Process>();
  for (const name of listProcesses()) {
    try {
      // proc_pid_stat(5): after the name come state, parent, …; utime, stime, cutime, cstime are fields 14 to 17.
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      processes.set(Number(name), { parent: Number(fields[1]), cpu: ticks * millisPerTick });
    } catch {
      // It ended meanwhile.
    }
  }
  return processes;
};

const listProcesses = (): string[] => {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
};

/** Milliseconds of processor that the whole machine has used since it started. */
export const readMachineCpu = (): number => {
  try {
    const line = readFileSync("/proc/stat", "latin1").split("\n")[0] as string;
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line
      .split(/ +/)
      .slice(1)
      .map(Number);
    return (user + nice + system + irq + softirq + steal) * millisPerTick;
  } catch {
    return 0;
  }
};

/** Megabytes that a process had in memory at most, and has now. */
export const readMemory = (id: number): { peak: number; now: number } | undefined => {
  try {
    const status = readFileSync(`/proc/${id}/status`, "latin1");
    const megabytes = (field: string) =>
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    return { peak: megabytes("VmHWM"), now: megabytes("VmRSS") };
  } catch {
    return undefined;
  }
};
