import { createServer } from "node:net";
import { claimPort } from "./port-claims.ts";

// Below the range from which Linux takes the local ports of outgoing connections, so none of those can get in between.
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const MAX_ATTEMPTS = 200;

const handedOut = new Set<number>();

/**
 * A TCP port on 127.0.0.1 on which nothing listens. With `preferred` that one, or the next free one above it; without,
 * a random one that this process has not been given before. By chance no other process is given it while this one lives,
 * even if its server is down for a moment. Throws when 200 candidates in a row are taken.
 */
export async function freePort(preferred?: number): Promise<number> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const port = preferred === undefined ? randomPort() : preferred + attempt;
    if (preferred === undefined && handedOut.has(port)) continue;
    handedOut.add(port);
    // Who asks for a certain one may have had it claimed by the process that told them of it.
    const isOurs = claimPort(port) || preferred !== undefined;
    if (isOurs && (await isFree(port))) return port;
  }
  throw new Error(`no free port found${preferred === undefined ? "" : ` from ${preferred} on`}`);
}

function randomPort(): number {
  return FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
}

/** Whether a listener could be opened on 127.0.0.1 at this port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
