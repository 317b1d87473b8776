import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { type FaultProxy, startFaultProxy } from "../src/fault-proxy.ts";
import { waitFor } from "../src/wait-for.ts";

const sockets = new Set<Socket>();
const echo = createServer({ allowHalfOpen: true }, (socket) => {
  sockets.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => sockets.delete(socket));
  socket.pipe(socket);
});
let proxy: FaultProxy;

beforeAll(async () => {
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
});
beforeEach(async () => {
  proxy = await startFaultProxy({ target: `redis://:secret@127.0.0.1:${(echo.address() as AddressInfo).port}/3` });
});
afterEach(() => proxy.close());
afterAll(() => echo.close());

interface Client {
  socket: Socket;
  received(): string;
  /** Resolves at the end of the connection: "end" when it was closed, the code of the error otherwise. */
  ended: Promise<string | undefined>;
}

function open(): Client {
  const chunks: Buffer[] = [];
  const socket = connect(proxy.port, "127.0.0.1");
  socket.on("data", (chunk) => chunks.push(chunk as Buffer));
  const ended = new Promise<string | undefined>((resolve) => {
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.once("end", () => resolve("end"));
  });
  return { socket, ended, received: () => Buffer.concat(chunks).toString() };
}

test("passes both ways, half-closes included, and its URL is the target's with another port", async () => {
  expect(proxy.url).toBe(`redis://:secret@127.0.0.1:${proxy.port}/3`);
  const client = open();
  const text = "x".repeat(500_000);
  client.socket.end(text);
  expect(await client.ended).toBe("end");
  expect(client.received()).toBe(text);
  await waitFor(() => proxy.connectionCount() === 0 && sockets.size === 0);
});

test("refuse resets the connections there are and new ones, until it passes again", async () => {
  const before = open();
  before.socket.write("a");
  await waitFor(() => before.received() === "a");
  proxy.set({ kind: "refuse" });
  expect(await before.ended).toBe("ECONNRESET");
  expect(await open().ended).toBe("ECONNRESET");
  await waitFor(() => sockets.size === 0, { what: "the target's side to be closed too" });
  proxy.set({ kind: "pass" });
  const after = open();
  after.socket.end("b");
  expect(await after.ended).toBe("end");
  expect(after.received()).toBe("b");
});

test("delay holds answers back and keeps their order", async () => {
  const client = open();
  proxy.set({ kind: "delay", delayMs: 150 });
  const startedAt = performance.now();
  client.socket.write("a");
  await waitFor(() => sockets.size === 1);
  client.socket.write("b");
  await waitFor(() => client.received() === "ab", { intervalMs: 1 });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145);
  client.socket.destroy();
});

test("cut resets in the middle of an answer, after exactly so many bytes", async () => {
  const client = open();
  client.socket.write("greeting ");
  await waitFor(() => client.received() === "greeting ");
  proxy.set({ kind: "cut", afterBytes: 5 });
  client.socket.write("0123456789");
  expect(await client.ended).toBe("ECONNRESET");
  expect(client.received()).toBe("greeting 01234");
});

test("a black hole keeps everything back without an error, and what was under way arrives once it heals", async () => {
  const client = open();
  client.socket.write("a");
  await waitFor(() => client.received() === "a");
  proxy.set({ kind: "blackhole" });
  client.socket.write("b");
  for (const socket of sockets) socket.write("pushed");
  const silence = await Promise.race([
    client.ended,
    once(client.socket, "data", { signal: AbortSignal.timeout(200) }),
  ]).catch((error) => error.name);
  expect(silence).toBe("AbortError");
  proxy.set({ kind: "pass" });
  await waitFor(() => client.received() === "apushedb");
  client.socket.destroy();
});

test("resetConnections cuts what there is and serves new ones", async () => {
  const client = open();
  client.socket.write("a");
  await waitFor(() => client.received() === "a");
  expect(proxy.connectionCount()).toBe(1);
  proxy.resetConnections();
  expect(await client.ended).toBe("ECONNRESET");
  const next = open();
  next.socket.end("b");
  expect(await next.ended).toBe("end");
});

test("close ends every connection", async () => {
  const closing = await startFaultProxy({ target: proxy.url });
  const socket = connect(closing.port, "127.0.0.1");
  socket.write("a");
  await once(socket, "data");
  const [[error]] = await Promise.all([once(socket, "error"), closing.close()]);
  expect(error.code).toBe("ECONNRESET");
  expect(closing.connectionCount()).toBe(0);
});

test("a target that is down resets the client", async () => {
  const down = await startFaultProxy({ target: "http://127.0.0.1:1" });
  const socket = connect(down.port, "127.0.0.1");
  const [error] = await once(socket, "error");
  expect(error.code).toBe("ECONNRESET");
  await down.close();
});

test("a PostgreSQL client works through it and sees an answer that is cut short", async () => {
  const wire = await startFaultProxy({ target: inject("stores").postgresUrl });
  const client = new pg.Client({ connectionString: wire.url });
  client.on("error", () => {}); // the query that fails says so too
  await client.connect();
  const query = "SELECT repeat('x', 10000) AS text";
  expect((await client.query(query)).rows[0].text).toHaveLength(10_000);
  wire.set({ kind: "cut", afterBytes: 5_000 });
  await expect(client.query(query)).rejects.toThrow();
  await wire.close();
  await wire.close();
});

test("a tap sees both directions before they are passed on, until it ends", async () => {
  const seen: string[] = [];
  const client = open();
  const stop = proxy.tap((direction, chunk) => {
    // An answer that is seen has not arrived yet.
    seen.push(`${direction} ${chunk} ${client.received().length}`);
  });
  client.socket.write("ping");
  await waitFor(() => client.received() === "ping");
  expect(seen).toEqual(["request ping 0", "answer ping 0"]);
  stop();
  client.socket.write("again");
  await waitFor(() => client.received() === "pingagain");
  expect(seen).toHaveLength(2);
});
