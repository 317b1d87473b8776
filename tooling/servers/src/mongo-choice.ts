import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A MongoDB that this machine can run, and how. */
export interface MongoChoice {
  kind: "mongod" | "downloaded" | "embedded";
  description: string;
  command: string;
  args(port: number): string[];
}

export interface MongoCandidates {
  /** Where the data goes: `data` for a real mongod, `embedded-data` for the embedded server, whose files differ. */
  dir: string;
  /** The path of the mongod that this machine has. */
  installed: string | undefined;
  /** Asked only when there is none. */
  fetch(): Promise<string | undefined>;
}

const EMBEDDED_MAIN = fileURLToPath(new URL("../../embedded-mongo/src/main.ts", import.meta.url));

/** The installed mongod, or else the one that can be fetched, or else the embedded server. Makes the data directory. */
export async function chooseMongo({ dir, installed, fetch }: MongoCandidates): Promise<MongoChoice> {
  if (installed !== undefined) return official("mongod", installed, dir, `mongod of this machine (${installed})`);
  const fetched = await fetch();
  if (fetched !== undefined) return official("downloaded", fetched, dir, "official mongod, fetched once");
  const data = dataDirectory(dir, "embedded-data");
  return {
    kind: "embedded",
    description: "embedded server (MongoDB's wire protocol over mingo)",
    command: process.execPath,
    args: (port) => [EMBEDDED_MAIN, "--port", String(port), "--data", data],
  };
}

function official(kind: "mongod" | "downloaded", command: string, dir: string, description: string): MongoChoice {
  const data = dataDirectory(dir, "data");
  const fixed = ["--dbpath", data, "--bind_ip", "127.0.0.1", "--nounixsocket", "--quiet"];
  return { kind, description, command, args: (port) => [...fixed, "--port", String(port)] };
}

function dataDirectory(dir: string, name: string): string {
  const path = join(dir, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
