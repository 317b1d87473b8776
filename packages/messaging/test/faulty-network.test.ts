import type { Envelope } from "@tradepost/contracts/event";
import { type FaultProxy, startFaultProxy } from "@tradepost/testing/fault-proxy";
import { testRabbit } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defineConsumer } from "../src/consumer-contract.ts";
import { bellRung, newEnvelope, type Rig, rigOn } from "./rig.ts";

let vhost: Awaited<ReturnType<typeof testRabbit>>;
let proxy: FaultProxy;
let rig: Rig;

beforeAll(async () => {
  vhost = await testRabbit();
  proxy = await startFaultProxy({ target: vhost.url });
  // One second, so that silence is noticed within a test.
  rig = await rigOn(`${proxy.url}?heartbeat=1`);
});
afterAll(async () => {
  await rig.close();
  await proxy.close();
  await vhost.drop();
});

const collector = (name: string) => {
  const received = new Set<number>();
  const handle = async ({ payload }: Envelope<typeof bellRung>) => received.add(payload.stroke);
  return { received, consumer: defineConsumer({ service: "test", name, events: [bellRung], handle }) };
};

/** As the relay does it: again, until the broker has confirmed. */
const publishSurely = (stroke: number) =>
  waitFor(() => rig.publish(newEnvelope(stroke)).then(() => true), { what: `stroke ${stroke}`, timeoutMs: 20_000 });

it("delivers every confirmed event though the connections are cut all the time", async () => {
  const { received, consumer } = collector("cut-off");
  await rig.consume(consumer);
  for (let stroke = 1; stroke <= 120; stroke += 1) {
    if (stroke % 30 === 0) proxy.resetConnections();
    if (stroke % 40 === 0) proxy.set({ kind: "cut", afterBytes: 60 });
    if (stroke % 40 === 5) proxy.set({ kind: "pass" });
    if (stroke % 40 < 5) proxy.set({ kind: "pass" });
    await publishSurely(stroke);
  }
  proxy.set({ kind: "pass" });
  await waitFor(() => received.size === 120, { what: "all strokes", timeoutMs: 20_000 });
  expect(rig.log.lines.filter(({ message }) => message.startsWith("lost the connection")).length).toBeGreaterThan(3);
});

it("notices silence, refuses to confirm meanwhile, and recovers", async () => {
  const { received, consumer } = collector("silence");
  await rig.consume(consumer);
  proxy.set({ kind: "blackhole" });
  await expect(rig.publish(newEnvelope(1))).rejects.toMatchObject({ unavailable: true });
  await waitFor(() => !rig.broker.status().connected, { what: "the silence to be noticed" });
  proxy.set({ kind: "pass" });
  await publishSurely(2);
  await waitFor(() => received.has(2), { timeoutMs: 20_000 });
});
