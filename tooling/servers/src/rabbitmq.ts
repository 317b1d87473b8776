import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { keptSecret } from "./kept-secret.ts";
import { freePort } from "./ports.ts";
import { findProgram } from "./programs.ts";
import { endOrphan, type ServerProcess, startServer } from "./server-process.ts";
import { talk } from "./tcp-talk.ts";

export interface RabbitmqOptions {
  /** Holds the queues, the password, the configuration and the logs; what is there is used again. */
  dir: string;
  /** Tried first; the next free one above it is taken when it is not free. */
  port?: number;
  /** Adds the management plugin, with which stopping takes five seconds longer. */
  management?: boolean;
  log?: (line: string) => void;
}

export interface RabbitmqServer {
  /** AMQP URL of the virtual host `/`. */
  url: string;
  port: number;
  pid: number;
  /** Runs rabbitmqctl on it, and resolves to what that prints. */
  control(...words: string[]): Promise<string>;
  stop(): Promise<void>;
}

export interface ManagedRabbitmqServer extends RabbitmqServer {
  /** The management plugin's HTTP API and pages, user and password included. */
  managementUrl: string;
}

const USER = "tradepost";
const NODE_NAME = "tradepost@localhost";
const PROTOCOL_HEADER = "AMQP\x00\x00\x09\x01";
const EPMD_NAMES_REQUEST = "\x00\x01n";

/**
 * Starts a RabbitMQ node of its own on 127.0.0.1, beside any other: own cookie, ports, data and epmd. Throws with the end
 * of its log.
 */
export async function startRabbitmq(options: RabbitmqOptions & { management: true }): Promise<ManagedRabbitmqServer>;
export async function startRabbitmq(options: RabbitmqOptions): Promise<RabbitmqServer>;
export async function startRabbitmq(options: RabbitmqOptions): Promise<RabbitmqServer> {
  const { dir, log = () => {} } = options;
  const command = findProgram("rabbitmq-server");
  if (command === undefined) throw new Error("rabbitmq-server is not installed");
  mkdirSync(join(dir, "home"), { recursive: true, mode: 0o700 });
  if (await endOrphan(dir, "rabbitmq")) log("ended a RabbitMQ left over from an earlier run");
  await endOrphan(dir, "epmd", { evenIfOwned: true }); // its node is gone: see the line above
  const password = keptSecret(dir, "rabbitmq.password");
  const port = await freePort(options.port);
  const managementPort = options.management ? await freePort() : undefined;
  writeConfiguration(dir, password, port, managementPort);
  const epmdPort = await freePort();
  const epmd = await startEpmd(dir, epmdPort);
  const env = environment(dir, epmdPort, await freePort());
  try {
    const server = await startServer({
      name: "rabbitmq",
      dir,
      command,
      args: [],
      env,
      stopTimeoutMs: 20_000,
      isReady: async () => (await talk(port, PROTOCOL_HEADER, "PLAIN")) !== undefined,
    });
    log(`RabbitMQ on port ${port}`);
    return {
      url: `amqp://${USER}:${password}@127.0.0.1:${port}`,
      ...(managementPort && { managementUrl: `http://${USER}:${password}@127.0.0.1:${managementPort}` }),
      port,
      pid: server.pid,
      control: async (...words) =>
        (await promisify(execFile)(join(dirname(command), "rabbitmqctl"), words, { env })).stdout,
      stop: () => server.stop().finally(epmd.stop),
    };
  } catch (error) {
    await epmd.stop();
    throw error;
  }
}

/** Erlang's name server. As a child in the foreground, because the one that a node starts by itself outlives it. */
function startEpmd(dir: string, port: number): Promise<ServerProcess> {
  return startServer({
    name: "epmd",
    dir,
    command: "epmd",
    args: ["-port", String(port), "-address", "127.0.0.1"],
    isReady: async () => (await talk(port, EPMD_NAMES_REQUEST, "")) !== undefined,
  });
}

/** All files that RabbitMQ would otherwise look for below /etc. */
function writeConfiguration(dir: string, password: string, port: number, managementPort: number | undefined): void {
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    `default_user = ${USER}`,
    `default_pass = ${password}`,
    "log.console = false",
    "log.file.level = warning",
    "vm_memory_high_watermark.absolute = 512MB",
    "disk_free_limit.absolute = 50MB",
    // The write-ahead log of quorum queues is laid out at its full size, 512 MB unless told otherwise.
    "raft.wal_max_size_bytes = 32000000",
    ...(managementPort ? [`management.tcp.port = ${managementPort}`, "management.tcp.ip = 127.0.0.1"] : []),
  ];
  writeFileSync(join(dir, "rabbitmq.conf"), `${settings.join("\n")}\n`, { mode: 0o600 });
  writeFileSync(join(dir, "enabled_plugins"), managementPort ? "[rabbitmq_management].\n" : "[].\n");
  writeFileSync(join(dir, "advanced.config"), "[].\n");
}

function environment(dir: string, epmdPort: number, distributionPort: number): NodeJS.ProcessEnv {
  const erlang = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none";
  return {
    PATH: process.env.PATH,
    LANG: "C.UTF-8",
    HOME: join(dir, "home"),
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: "127.0.0.1",
    RABBITMQ_NODENAME: NODE_NAME,
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_CONF_ENV_FILE: "/dev/null",
    RABBITMQ_CONFIG_FILE: join(dir, "rabbitmq"),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(dir, "advanced.config"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, "enabled_plugins"),
    RABBITMQ_GENERATED_CONFIG_DIR: join(dir, "generated"),
    RABBITMQ_MNESIA_BASE: join(dir, "data"),
    RABBITMQ_LOG_BASE: join(dir, "log"),
    RABBITMQ_PID_FILE: join(dir, "node.pid"),
    // With this the script becomes the node instead of watching over it; -noinput then is ours to say.
    RABBITMQ_ALLOW_INPUT: "1",
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-noinput ${erlang}`,
  };
}
