import { randomInt } from "node:crypto";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import type { ServiceName } from "@tradepost/contracts/route";
import { type Canaries, findCanaries } from "../canaries/canaries.ts";

export interface Shot {
  /** Which kind of attack it belongs to. */
  family: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer | undefined;
  /** Where it goes: through the gateway, or past it to a service, as from inside the mesh. */
  to?: "gateway" | ServiceName;
  /** What may be answered; what must never be is looked at in any case. */
  allowed?: (status: number) => boolean;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Hit extends Answer {
  /** What must not have been. */
  wrongs: string[];
}

export interface Range {
  /** Sends it and notes what must not be. Resolves to the answer. */
  shoot(shot: Shot): Promise<Hit>;
  /** Notes what another check has found. */
  find(family: string, what: string): void;
  /** Counts a request that was sent by other means. */
  count(family: string, status: number | string): void;
  /** What was found, of one kind of attack. */
  findings(family: string): string[];
  /** How often each status was met, by kind of attack. */
  counts(): Map<string, Map<number | string, number>>;
  close(): void;
}

/** What nobody outside may read: places in the code, other programs' words, our own secrets' names. */
const INSIDE =
  /\bat (?:async )?[\w.<>]+ \(|node_modules|\/src\/[\w-]+|ECONNREFUSED|SQLSTATE|syntax error at|relation "|violates|MongoServerError|WRONGTYPE|ReplyError|FST_ERR|ZodError|TypeError|password_hash|client_secret"/;

const TIMEOUT_MS = 30_000;

/** Sends hostile requests to a shop, and keeps account of them. `canaries` are what no answer to them may hold. */
export function createRange(urls: Record<"gateway" | ServiceName, string>, canaries: Canaries): Range {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const counts = new Map<string, Map<number | string, number>>();
  const findings = new Map<string, string[]>();
  const find = (family: string, what: string) => void findings.set(family, [...(findings.get(family) ?? []), what]);
  const count = (family: string, status: number | string) => {
    const own = counts.get(family) ?? new Map<number | string, number>();
    counts.set(family, own.set(status, (own.get(status) ?? 0) + 1));
  };

  return {
    find,
    count,
    findings: (family) => findings.get(family) ?? [],
    counts: () => counts,
    close: () => agent.destroy(),
    async shoot(shot) {
      const answer = await send(urls[shot.to ?? "gateway"], shot, agent);
      count(shot.family, answer.status);
      const wrongs = wrongsOf(shot, answer, canaries);
      const what = `${shot.method} ${shot.path.slice(0, 200)} ${String(shot.body ?? "").slice(0, 200)}`;
      for (const wrong of wrongs)
        find(shot.family, `${wrong}: ${what} → ${answer.status} ${answer.body.slice(0, 300)}`);
      return { ...answer, wrongs };
    },
  };
}

function wrongsOf(shot: Shot, { status, headers, body }: Answer, canaries: Canaries): string[] {
  const wrongs: string[] = [];
  if (status >= 500) wrongs.push("a failure of ours");
  if (shot.allowed && !shot.allowed(status)) wrongs.push("not allowed");
  if (tellsOfInside(shot, body)) wrongs.push("tells of the inside");
  if (findCanaries(`${JSON.stringify(headers)}${body}`, canaries).length > 0) wrongs.push("tells of somebody else");
  if (status >= 400 && !isProblem(headers, body) && shot.method !== "HEAD") wrongs.push("no problem");
  if (mayBeKept(headers) && isSecret(headers, body)) wrongs.push("caches may keep what opens something");
  return wrongs;
}

const mayBeKept = (headers: IncomingHttpHeaders): boolean => !headers["cache-control"]?.includes("no-store");

/** A session's token, or a guest's for an order; a cookie that names a session, a device or a cart. */
const isSecret = (headers: IncomingHttpHeaders, body: string): boolean =>
  headers["set-cookie"] !== undefined || /"(?:token|orderToken|clientSecret)":"/.test(body);

/** What was sent may come back: a field that is not known is named. */
function tellsOfInside({ path, body: sent }: Shot, body: string): boolean {
  const [words] = INSIDE.exec(body) ?? [];
  return words !== undefined && !`${decodeLoosely(path)}${sent ?? ""}`.includes(words);
}

function decodeLoosely(path: string): string {
  return path.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function isProblem(headers: IncomingHttpHeaders, body: string): boolean {
  if (!headers["content-type"]?.startsWith("application/problem+json")) return false;
  try {
    const { code, title, requestId } = JSON.parse(body);
    return [code, title, requestId].every((text) => typeof text === "string" && text !== "");
  } catch {
    return false;
  }
}

/** An address that nobody else has, so that no limit is met by chance. */
export const strangersAddress = (): string => `198.18.${randomInt(256)}.${randomInt(1, 255)}`;

function send(origin: string, { method, path, headers, body }: Shot, agent: Agent): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const own = { "x-forwarded-for": strangersAddress(), ...length, ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: own, agent, timeout: TIMEOUT_MS }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      response.on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error(`${method} ${path.slice(0, 100)} was not answered`)));
    sent.on("error", reject);
    sent.end(body);
  });
}
