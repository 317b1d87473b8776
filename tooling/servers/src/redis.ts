import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keptSecret } from "./kept-secret.ts";
import { freePort } from "./ports.ts";
import { endOrphan, startServer } from "./server-process.ts";
import { talk } from "./tcp-talk.ts";

export interface RedisOptions {
  /** Holds the data, the password, the configuration and the log; what is there is used again. */
  dir: string;
  /** Tried first; the next free one above it is taken when it is not free. */
  port?: number;
  /** true keeps every write across restarts (append-only file, flushed each second). Default false: nothing is kept. */
  appendOnly?: boolean;
  log?: (line: string) => void;
}

export interface RedisServer {
  url: string;
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/** Starts the machine's redis-server on 127.0.0.1 with a password. Throws with the end of its log. */
export async function startRedis(options: RedisOptions): Promise<RedisServer> {
  const { dir, appendOnly = false, log = () => {} } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (await endOrphan(dir, "redis")) log("ended a Redis left over from an earlier run");
  const password = keptSecret(dir, "redis.password");
  const port = await freePort(options.port);
  const config = join(dir, "redis.conf");
  writeFileSync(config, configuration({ dir, port, password, appendOnly }), { mode: 0o600 });
  const server = await startServer({
    name: "redis",
    dir,
    command: "redis-server",
    args: [config],
    isReady: async () => (await talk(port, `AUTH ${password}\r\nPING\r\n`, "+PONG")) !== undefined,
  });
  log(`Redis on port ${port}`);
  return { url: `redis://:${password}@127.0.0.1:${port}`, port, pid: server.pid, stop: server.stop };
}

function configuration(of: { dir: string; port: number; password: string; appendOnly: boolean }): string {
  const settings = [
    "bind 127.0.0.1",
    `port ${of.port}`,
    `requirepass ${of.password}`,
    `dir ${JSON.stringify(of.dir)}`,
    `appendonly ${of.appendOnly ? "yes" : "no"}`,
    "appendfsync everysec",
    'save ""',
    "databases 1024",
  ];
  return `${settings.join("\n")}\n`;
}
