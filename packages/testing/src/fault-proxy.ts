import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What the network does to connections, old and new. */
export type Fault =
  | { kind: "pass" }
  /** Connections are reset, and new ones at once. */
  | { kind: "refuse" }
  /** Answers arrive this much later. */
  | { kind: "delay"; delayMs: number }
  /** A connection is reset after this many more bytes of answers. */
  | { kind: "cut"; afterBytes: number }
  /** Nothing arrives in either direction, and nobody is told. What was under way arrives once it heals. */
  | { kind: "blackhole" };

/** Sees each piece of what is said, just before it is passed on: `request` is what the client says. */
export type Tap = (direction: "request" | "answer", chunk: Buffer) => void;

export interface FaultProxy {
  /** The target's URL, with the proxy's address in it. */
  url: string;
  port: number;
  /** From now on, for the connections there are and for new ones. */
  set(fault: Fault): void;
  /** Listens in from now on, which lets a test act between a request and its answer. Returns what ends it. */
  tap(tap: Tap): () => void;
  /** How many clients are connected. */
  connectionCount(): number;
  /** Resets all connections; new ones are served. */
  resetConnections(): void;
  close(): Promise<void>;
}

interface State {
  fault: Fault;
  healed: PromiseWithResolvers<void>;
  connections: Set<Connection>;
  taps: Set<Tap>;
}

interface Connection {
  client: Socket;
  server: Socket;
  answerBytesLeft: number;
}

const DEFAULT_PORTS: Record<string, number> = {
  "amqp:": 5672,
  "http:": 80,
  "mongodb:": 27_017,
  "postgres:": 5432,
  "redis:": 6379,
};

/** A TCP proxy on 127.0.0.1 in front of the server that a URL names, which can be told to misbehave while it runs. */
export async function startFaultProxy({ target }: { target: string }): Promise<FaultProxy> {
  const url = new URL(target);
  const upstream = { host: url.hostname, port: Number(url.port) || (DEFAULT_PORTS[url.protocol] ?? 0) };
  const state: State = {
    fault: { kind: "pass" },
    healed: Promise.withResolvers(),
    connections: new Set(),
    taps: new Set(),
  };
  const listener = createServer({ allowHalfOpen: true }, (client) => {
    if (state.fault.kind === "refuse") return client.resetAndDestroy();
    join(client, connect({ ...upstream, allowHalfOpen: true }), state);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    port,
    set: (fault) => change(state, fault),
    tap: (tap) => {
      state.taps.add(tap);
      return () => void state.taps.delete(tap);
    },
    connectionCount: () => state.connections.size,
    resetConnections: () => resetAll(state),
    close: async () => {
      if (!listener.listening) return;
      change(state, { kind: "refuse" });
      listener.close();
      await once(listener, "close");
    },
  };
}

function change(state: State, fault: Fault): void {
  state.fault = fault;
  for (const connection of state.connections) connection.answerBytesLeft = answerBytes(fault);
  if (fault.kind === "refuse") resetAll(state);
  if (fault.kind === "blackhole") return;
  state.healed.resolve();
  state.healed = Promise.withResolvers();
}

function answerBytes(fault: Fault): number {
  return fault.kind === "cut" ? fault.afterBytes : Number.POSITIVE_INFINITY;
}

function resetAll({ connections }: State): void {
  for (const { client, server } of connections) {
    client.resetAndDestroy();
    server.resetAndDestroy();
  }
}

function join(client: Socket, server: Socket, state: State): void {
  const connection = { client, server, answerBytesLeft: answerBytes(state.fault) };
  state.connections.add(connection);
  client.on("close", () => state.connections.delete(connection));
  const show = (direction: "request" | "answer", chunk: Buffer) => {
    for (const tap of [...state.taps]) tap(direction, chunk);
  };
  relay(client, server, state, async (chunk) => {
    show("request", chunk);
    server.write(chunk);
  });
  relay(server, client, state, async (chunk, arrivedAt) => {
    if (state.fault.kind === "delay") await sleep(Math.max(0, arrivedAt + state.fault.delayMs - performance.now()));
    show("answer", chunk);
    client.write(chunk.subarray(0, connection.answerBytesLeft));
    connection.answerBytesLeft -= chunk.length;
    if (connection.answerBytesLeft < 0) await cut(connection);
  });
}

/** Passes on in order what `from` says: data, its end, and its loss. Each waits while the network is a black hole. */
function relay(
  from: Socket,
  to: Socket,
  state: State,
  pass: (chunk: Buffer, arrivedAt: number) => Promise<unknown>,
): void {
  let tail: Promise<unknown> = Promise.resolve();
  const next = (step: () => unknown) => {
    tail = tail.then(async () => {
      while (state.fault.kind === "blackhole" && !to.destroyed) await state.healed.promise;
      if (!to.destroyed) await step();
    });
  };
  from.on("data", (chunk) => {
    const arrivedAt = performance.now();
    next(() => pass(chunk as Buffer, arrivedAt)); // no encoding is set, so never a string
  });
  from.on("end", () => next(() => to.end()));
  from.on("error", () => next(() => to.resetAndDestroy()));
  from.on("close", () => next(() => to.destroySoon()));
}

/** What was written so far still arrives, then the connection is reset. */
async function cut({ client, server }: Connection): Promise<void> {
  await new Promise<void>((resolve) => client.write("", () => resolve()));
  client.resetAndDestroy();
  server.resetAndDestroy();
}
