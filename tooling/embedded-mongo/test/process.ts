import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export interface ServerProcess {
  url: string;
  process: ChildProcess;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the command line program; resolves at its ready line, rejects with what it said when it ends before. */
export const startProcess = (...args: string[]): Promise<ServerProcess> => start(process.execPath, [main, ...args]);

/** The same, where no file may grow past some KiB: writes beyond fail as they do on a full disk. */
export const startProcessOnSmallDisk = (limitKib: number, ...args: string[]): Promise<ServerProcess> =>
  start("bash", ["-c", `trap "" XFSZ; ulimit -f ${limitKib}; exec "$0" "$@"`, process.execPath, main, ...args]);

async function start(command: string, args: string[]): Promise<ServerProcess> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  const exited = once(child, "exit");
  while (!said.includes("\n"))
    await Promise.race([once(child.stdout, "data"), exited.then(() => Promise.reject(new Error(said)))]);
  const url = /^ready (\S+)/.exec(said)?.[1];
  if (!url) throw new Error(said);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await exited;
    return code as number | null;
  };
  return { url, process: child, end };
}
