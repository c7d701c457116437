import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { programOf, serverEnvironment, type RunAs } from "./run-as.ts";

/** The exit code of a supervisor that found the data directory locked by another server. */
export const lockedCode = 75;

/**
 * A shell stands between us and the server. It reads a pipe that nobody writes: the pipe ends when we close it or are
 * gone, even by kill -9, and then the server is stopped. The lock on file 3 is the kernel's and is inherited by the
 * server, so it lasts exactly as long as any process of it, and no longer; with the lock in hand, a postmaster.pid
 * is a left-over, whatever process has its id by now. macOS has no flock(1) and goes by postmaster.pid alone.
 */
const supervisor = `
socket=$1; shift
if command -v flock >/dev/null; then
  flock -n 3 || exit ${lockedCode}
  rm -f postmaster.pid
fi
exec 4<&0
"$@" </dev/null 4<&- &
server=$!
{ read -r _ <&4; kill -INT $server; } 2>/dev/null &
watcher=$!
exec 4<&-
wait $server
code=$?
kill $watcher 2>/dev/null
rm -rf "$socket"
exit $code
`;

export type Supervised = {
  readonly directory: string;
  readonly socketFolder: string;
  readonly lockFile: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string | number>>;
};

/** Starts the server under its supervisor. It stops when the supervisor's standard input is closed. */
export const superviseServer = async (runAs: RunAs, given: Supervised): Promise<ChildProcess> => {
  await setOldLogAside(given.logFile);
  const log = openSync(given.logFile, "a", 0o600);
  const lock = openSync(given.lockFile, "a", 0o600);
  const settings = Object.entries(given.settings).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const server = [programOf(runAs, "postgres"), "-D", runAs.dataPath(given.directory), ...settings];
  try {
    return spawn(
      "/bin/sh",
      ["-c", supervisor, "muster", given.socketFolder, ...runAs.prefix, ...server],
      {
        cwd: given.directory,
        stdio: ["pipe", log, log, lock],
        env: serverEnvironment(),
        // Its own session: Ctrl-C in the terminal is for us, and the server stops after us.
        detached: true,
        ...runAs.user,
      },
    );
  } finally {
    closeSync(log);
    closeSync(lock);
  }
};

const logLimit = 10_000_000;

const setOldLogAside = async (logFile: string): Promise<void> => {
  const found = await stat(logFile).catch(() => undefined);
  if (found !== undefined && found.size > logLimit) await rename(logFile, `${logFile}.old`);
};
