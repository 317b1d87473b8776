import { consumersByService } from "@tradepost/contracts/consumers";
import { orderConfirmed } from "@tradepost/contracts/order";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Consumer, defineConsumer } from "../src/consumer-contract.ts";
import { createPublisher, type Publisher } from "../src/publisher.ts";
import { subscribersOf } from "../src/subscribers.ts";
import { bellRung, newEnvelope, type Rig, startRig } from "./rig.ts";

let rig: Rig;
const publishers: Publisher[] = [];
beforeEach(async () => {
  rig = await startRig();
});
afterEach(async () => {
  await Promise.all(publishers.splice(0).map((publisher) => publisher.close()));
  await rig.close();
});

const listening = (name: string) => {
  const strokes: number[] = [];
  const consumer = defineConsumer({
    service: "test",
    name,
    events: [bellRung],
    handle: async ({ payload }) => strokes.push(payload.stroke),
  });
  return { strokes, consumer };
};

function publisherFor(...subscribers: Consumer[]): (stroke: number) => Promise<void> {
  const publisher = createPublisher(rig.broker, { subscribers });
  publishers.push(publisher);
  return (stroke) => publisher.publish(newEnvelope(stroke), bellRung.routingKey);
}

it("keeps events for consumers that have never run", async () => {
  const [early, late] = [listening("early"), listening("late")];
  const publish = publisherFor(early.consumer, late.consumer);
  // One of the two has a queue before: that a message went somewhere is not that it went everywhere.
  await rig.consume(early.consumer);
  for (const stroke of [1, 2]) await publish(stroke);
  await waitFor(() => early.strokes.length === 2);
  await rig.consume(late.consumer);
  await publish(3);
  await waitFor(() => early.strokes.length === 3 && late.strokes.length === 3);
  expect(late.strokes).toEqual([1, 2, 3]);
});

it("declares again what was deleted under it, and says that the event did not get there", async () => {
  const { strokes, consumer } = listening("deleted");
  const publish = publisherFor(consumer);
  await publish(1);
  const channel = await rig.broker.openChannel();
  await channel.deleteQueue("test.deleted");
  await expect(publish(2)).rejects.toMatchObject({ unavailable: true });
  await publish(2);
  await rig.consume(consumer);
  await waitFor(() => strokes.length === 1);
  expect(strokes).toEqual([2]);
});

it("is not held up by a queue that has other arguments: it takes events all the same", async () => {
  const [fit, misfit] = [listening("fit"), listening("misfit")];
  const channel = await rig.broker.openChannel();
  await channel.assertQueue("test.misfit", { durable: true });
  const publish = publisherFor(misfit.consumer, fit.consumer);
  await publish(1);
  for (const queue of ["test.misfit", "test.fit"])
    await waitFor(async () => (await rig.depth(queue)) === 1, { what: `the event in ${queue}` });
  expect(rig.log.lines.map(({ fields }) => String(fields.reason))).toContainEqual(
    expect.stringMatching(/PRECONDITION_FAILED.*test\.misfit/),
  );
});

it("knows from the contracts who wants a service's events", () => {
  const subscribers = subscribersOf("order");
  const names = (events: readonly { routingKey: string }[]) => events.map(({ routingKey }) => routingKey);
  const wanting = subscribers.filter(({ events }) => names(events).includes(orderConfirmed.routingKey));
  const declared = Object.entries(consumersByService).flatMap(([service, consumers]) =>
    Object.entries(consumers).flatMap(([name, events]) =>
      names(events).includes(orderConfirmed.routingKey) ? [`${service}.${name}`] : [],
    ),
  );
  expect(wanting.map(({ service, name }) => `${service}.${name}`)).toEqual(declared);
  expect(declared).toContain("cart.empty-bought-cart");
  expect(subscribersOf("cart")).toEqual([]);
});
