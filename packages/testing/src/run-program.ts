import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface ProgramResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program of ours to its end, as operators do: of this environment it gets nothing but the PATH. */
export function runProgram(file: URL, args: string[] = [], env: Record<string, string> = {}): Promise<ProgramResult> {
  const options = { env: { PATH: process.env.PATH, ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [fileURLToPath(file), ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
