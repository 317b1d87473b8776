import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { chooseMongo, type MongoChoice } from "./mongo-choice.ts";
import { freePort } from "./ports.ts";
import { findProgram } from "./programs.ts";
import { endOrphan, startServer } from "./server-process.ts";

export interface MongoOptions {
  /** Holds the data, the fetched program and the log; what is there is used again. */
  dir: string;
  /** Tried first; the next free one above it is taken when it is not free. */
  port?: number;
  /** Whether the official mongod may be fetched from the internet when the machine has none. Default true. */
  download?: boolean;
  /** An external MongoDB, which is then used as it is. Default: MONGODB_URL of the environment. */
  externalUrl?: string | undefined;
  log?: (line: string) => void;
}

export interface MongoServer {
  url: string;
  port: number;
  /** Undefined for an external server, which `stop` leaves alone. */
  pid: number | undefined;
  kind: "url" | MongoChoice["kind"];
  /** One line for the status display: which server this is. */
  description: string;
  stop(): Promise<void>;
}

/**
 * Starts the best MongoDB that this machine offers on 127.0.0.1: MONGODB_URL, a mongod on PATH, the official mongod
 * fetched once, or else the embedded server. Real and embedded servers keep separate data. Throws with the end of its log.
 */
export async function startMongo(options: MongoOptions): Promise<MongoServer> {
  const { dir, download = true, log = () => {}, externalUrl = process.env.MONGODB_URL } = options;
  if (externalUrl) return external(externalUrl);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (await endOrphan(dir, "mongo")) log("ended a MongoDB left over from an earlier run");
  const choice = await chooseMongo({
    dir,
    installed: findProgram("mongod"),
    fetch: async () => (download ? fetchMongod(join(dir, "programs"), log) : undefined),
  });
  const port = await freePort(options.port);
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const { command, kind, description } = choice;
  const args = choice.args(port);
  const server = await startServer({ name: "mongo", dir, command, args, isReady: () => mongoAnswers(url) });
  log(`MongoDB on port ${port}: ${description}`);
  return { url, port, pid: server.pid, kind, description, stop: server.stop };
}

/** mongodb-memory-server-core is loaded only here: it takes most of a second. */
async function fetchMongod(dir: string, log: (line: string) => void): Promise<string | undefined> {
  const { downloadedMongod } = await import("./mongod-download.ts");
  return downloadedMongod({ dir, log });
}

function external(url: string): MongoServer {
  const { host, port } = new URL(url);
  const description = `${host} (MONGODB_URL)`;
  return { url, port: Number(port) || 27_017, pid: undefined, kind: "url", description, stop: async () => {} };
}

/** Whether a MongoDB server answers there within a second. */
export async function mongoAnswers(url: string): Promise<boolean> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000 });
  try {
    await client.db("admin").command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
