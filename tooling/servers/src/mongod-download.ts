import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { DryMongoBinary } from "mongodb-memory-server-core/lib/util/DryMongoBinary.js";
import { MongoBinary } from "mongodb-memory-server-core/lib/util/MongoBinary.js";
import { MongoBinaryDownloadUrl } from "mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js";

export interface MongodDownload {
  /** Keeps the fetched program, and for a day the knowledge that it could not be fetched. */
  dir: string;
  log: (line: string) => void;
  /** Whether the archive can be had; replaced in tests. */
  isReachable?: (url: string) => Promise<boolean>;
}

const PROBE_TIMEOUT_MS = 3_000;
const REFUSAL_TTL_MS = 24 * 60 * 60 * 1000;

/**
 * The path of the official mongod for this system, fetched by mongodb-memory-server-core the first time. Undefined when
 * it cannot be had here: MongoDB builds none for this system, it does not run on it, or its download server does not
 * answer within 3 s; then there is no second try for a day.
 */
export async function downloadedMongod(options: MongodDownload): Promise<string | undefined> {
  const { dir, log, isReachable = answersHead } = options;
  const refusal = join(dir, "unavailable");
  try {
    const wanted = await DryMongoBinary.generateOptions({ downloadDir: dir });
    const present = await DryMongoBinary.locateBinary(wanted);
    if (present !== undefined) return present;
    if (existsSync(refusal) && Date.now() - statSync(refusal).mtimeMs < REFUSAL_TTL_MS) return undefined;
    const url = await new MongoBinaryDownloadUrl(wanted).getDownloadUrl();
    if (!(await isReachable(url))) throw new Error(`${url} is out of reach`);
    log(`fetching the official mongod ${wanted.version}`);
    process.env.npm_config_strict_ssl = "true"; // without it the library accepts any certificate
    const path = await MongoBinary.getPath(wanted);
    await promisify(execFile)(path, ["--version"]);
    return path;
  } catch (error) {
    log(`no official mongod: ${(error as Error).message}`);
    rmSync(dir, { recursive: true, force: true }); // a broken archive would be used again
    mkdirSync(dir, { recursive: true });
    writeFileSync(refusal, String(error));
    return undefined;
  }
}

async function answersHead(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })).ok;
  } catch {
    return false;
  }
}
