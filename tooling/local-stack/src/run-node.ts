import { spawn } from "node:child_process";

export interface NodeRun {
  args: string[];
  cwd: string;
  env?: Record<string, string>;
  /** Told of each line the program prints. */
  onLine?: (line: string) => void;
}

/** Runs a program of ours to its end. Throws with the end of its output when it fails. */
export async function runNode({ args, cwd, env = {}, onLine }: NodeRun): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let tail = "";
  const read = (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-4_000);
    const line = chunk
      .toString()
      .trim()
      .split(/[\r\n]+/)
      .at(-1);
    if (line) onLine?.(line);
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}\n${tail.trim()}`);
}
