import { Binary, UUID } from "bson";
import { MAX_DOCUMENT_BYTES } from "../collection.ts";
import type { Doc } from "../values.ts";
import type { CommandHandler } from "./command.ts";

const VERSION = "7.0.0";

const hello = (): Doc => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
});

const buildInfo = (): Doc => ({
  version: VERSION,
  versionArray: VERSION.split(".").map(Number).concat(0),
  gitVersion: "tradepost-embedded-mongo",
  modules: ["tradepost-embedded"],
  bits: 64,
  debug: false,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  ok: 1,
});

const ok = (): Doc => ({ ok: 1 });

const serverStatus = (): Doc => ({
  host: "embedded-mongo",
  version: VERSION,
  process: "tradepost-embedded-mongo",
  pid: process.pid,
  uptime: process.uptime(),
  localTime: new Date(),
  mem: { resident: Math.round(process.memoryUsage.rss() / 1_048_576) },
  ok: 1,
});

const startSession = (): Doc => ({
  id: { id: new Binary(new UUID().buffer, Binary.SUBTYPE_UUID) },
  timeoutMinutes: 30,
  ok: 1,
});

const helloFields = [
  "client",
  "helloOk",
  "compression",
  "loadBalanced",
  "saslSupportedMechs",
  "speculativeAuthenticate",
  "backpressure",
];

/** What drivers ask of the server itself. Sessions are accepted; they only serve to tell repeated writes. */
export const serverCommands: Record<string, CommandHandler> = {
  hello: { fields: helloFields, run: hello },
  isMaster: { fields: helloFields, run: hello },
  ismaster: { fields: helloFields, run: hello },
  ping: { fields: [], run: ok },
  buildInfo: { fields: [], run: buildInfo },
  buildinfo: { fields: [], run: buildInfo },
  serverStatus: { fields: [], run: serverStatus },
  startSession: { fields: [], run: startSession },
  refreshSessions: { fields: [], run: ok },
  endSessions: { fields: [], run: ok },
  killSessions: { fields: [], run: ok },
  connectionStatus: {
    fields: ["showPrivileges"],
    run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  },
};
