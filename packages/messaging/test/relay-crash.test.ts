import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Envelope } from "@tradepost/contracts/event";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { addToOutbox } from "@tradepost/postgres/outbox";
import { createPostgres } from "@tradepost/postgres/pool";
import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { expect, it, onTestFinished } from "vitest";
import { defineConsumer } from "../src/consumer-contract.ts";
import { bellRung, startRig } from "./rig.ts";

const PROGRAM = fileURLToPath(new URL("relay-process.ts", import.meta.url));
/** The dead relay's batch holds events of each of the first ones, and so holds back what comes after those. */
const HELD = ["north", "east", "south", "west", "crypt"];
const FREE = ["town", "gate"];
const STROKES = 30;
const EVENTS = (HELD.length + FREE.length) * STROKES;
const BATCH = 15;

it("four relays, one of which dies between confirm and mark, lose nothing and swap nothing", async () => {
  const rig = await startRig();
  const database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  const postgres = createPostgres({ url: database.url, applicationName: "relay-crash-test" });
  const received: Envelope<typeof bellRung>[] = [];
  await rig.consume(
    defineConsumer({
      service: "test",
      name: "keep-order",
      events: [bellRung],
      prefetch: 1,
      handle: async (bell) => received.push(bell),
    }),
  );
  const startProcess = (...more: string[]): ChildProcess => {
    const args = [PROGRAM, database.url, rig.url, String(BATCH), ...more];
    const child = spawn(process.execPath, args, { stdio: ["inherit", "inherit", "inherit", "ipc"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    return child;
  };
  const endOf = async (child: ChildProcess) => {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    return child.signalCode;
  };
  const unpublished = async (condition = "true"): Promise<number> => {
    const sql = `SELECT count(*) AS n FROM outbox WHERE published_at IS NULL AND ${condition}`;
    return (await postgres.query<{ n: number }>(sql)).rows[0]!.n;
  };

  const ringAll = async (towers: readonly string[]): Promise<void> => {
    for (let stroke = 1; stroke <= STROKES; stroke += 1)
      for (const tower of towers)
        await postgres.transact((tx) => addToOutbox(tx, bellRung, { aggregateId: tower, payload: { tower, stroke } }));
  };

  await ringAll(HELD);
  expect(await endOf(startProcess("7"))).toBe("SIGKILL");
  expect(await unpublished("claimed_until > now()"), "it died with a batch in hand").toBe(BATCH);
  const others = [startProcess(), startProcess(), startProcess()];
  const running = Promise.all(others.map((child) => once(child, "message")));
  await ringAll(FREE);
  await waitFor(async () => (await unpublished()) === HELD.length * STROKES, {
    what: "the free towers' events",
    timeoutMs: 30_000,
  });
  // The lease of the dead one would be over in a minute; that time is made to pass.
  await postgres.query("UPDATE outbox SET claimed_until = now() WHERE claimed_until > now() AND published_at IS NULL");
  await waitFor(async () => (await unpublished()) === 0, { what: "the outbox to empty", timeoutMs: 60_000 });
  const distinct = () => new Set(received.map(({ id }) => id)).size;
  await waitFor(() => distinct() === EVENTS, { what: "all events", timeoutMs: 30_000 });
  // The last one may come when the others have done all the work; a signal before it listens would kill it.
  await running;
  for (const child of others) child.kill("SIGTERM");
  for (const child of others) expect(await endOf(child)).toBeNull();

  for (const tower of [...HELD, ...FREE]) {
    const strokes = received.flatMap(({ payload: p }) => (p.tower === tower ? [p.stroke] : []));
    expect([...new Set(strokes)], "each for the first time in its order").toEqual(
      Array.from({ length: STROKES }, (_, index) => index + 1),
    );
  }
  expect(received.length - EVENTS, "what the dead one had published comes twice").toBeGreaterThanOrEqual(7);
  await rig.close();
  await postgres.end();
  await database.drop();
}, 150_000);
