import { existsSync, statfsSync } from "node:fs";
import { styleText } from "node:util";
import { isFree } from "@tradepost/servers/ports";
import { findProgram } from "@tradepost/servers/programs";
import { findRunning } from "./run-file.ts";

interface Finding {
  /** `missing` stops the shop from starting; `note` is good to know. */
  kind: "ok" | "note" | "missing";
  text: string;
}

const NEEDED_MB = 1_500;

/** Prints what the shop needs of this machine, what is there, and how to get the rest. Resolves to the exit code. */
export async function doctor(dir: string): Promise<number> {
  const findings = [
    node(),
    ...programs(),
    disk(dir),
    await gatewayPort(),
    findRunning(dir) ? note("the shop is running") : note("the shop is not running"),
  ];
  const marks = { ok: styleText("green", "✓"), note: styleText("blue", "·"), missing: styleText("red", "✗") };
  for (const { kind, text } of findings) console.log(`${marks[kind]} ${text}`);
  const missing = findings.filter(({ kind }) => kind === "missing").length;
  console.log(missing === 0 ? "\nReady for: npm start" : `\n${missing} to fix before: npm start`);
  return missing === 0 ? 0 : 1;
}

const ok = (text: string): Finding => ({ kind: "ok", text });
const note = (text: string): Finding => ({ kind: "note", text });
const missing = (text: string): Finding => ({ kind: "missing", text });

const node = () => ok(`Node ${process.version} (pinned by the lockfile, from npm)`);

function programs(): Finding[] {
  const byApt = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  const how = byApt
    ? "npm start installs it with apt-get"
    : "install it, e.g. sudo apt-get install --no-install-recommends redis-server rabbitmq-server (Debian, Ubuntu) or brew install redis rabbitmq";
  const needed = (["redis-server", "rabbitmq-server"] as const).map((name) => {
    const path = findProgram(name);
    if (path) return ok(`${name} at ${path}`);
    return byApt ? note(`${name} is not there: ${how}`) : missing(`${name} is not there: ${how}`);
  });
  const mongod = findProgram("mongod");
  const mongo = process.env.MONGODB_URL
    ? ok("MongoDB from MONGODB_URL")
    : mongod
      ? ok(`mongod at ${mongod}`)
      : note("no mongod: it is fetched where the internet lets it, else the embedded server is used");
  const chromium = findProgram("chromium");
  const browser = chromium
    ? ok(`Chromium at ${chromium}, for tests`)
    : note("no Chromium: npm test needs it, npm start does not");
  return [...needed, mongo, browser];
}

function disk(dir: string): Finding {
  const { bavail, bsize } = statfsSync(existsSync(dir) ? dir : ".");
  const freeMb = Math.round((bavail * bsize) / 1_000_000);
  const text = `${freeMb} MB of disk are free, ${NEEDED_MB} are needed`;
  return freeMb >= NEEDED_MB ? ok(text) : missing(text);
}

async function gatewayPort(): Promise<Finding> {
  return (await isFree(8080))
    ? ok("port 8080 is free")
    : note("port 8080 is taken: the next free one is used, or --port");
}
