import { randomUUIDv7 } from "node:crypto";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./payment-stage.ts";
import { createStory, type Story } from "./payment-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());

describe("failures that Stripe stores", () => {
  /** Where the first failure took long, the next attempt is left to whoever asks again. */
  const createInTheEnd = async (orderId: string = randomUUIDv7()) => {
    await waitFor(async () => (await stage.create(orderId)).statusCode === 200, { timeoutMs: 25_000 });
    return story.create(orderId);
  };
  const failing = (path: string, when: "before" | "after", times = 1) =>
    stage.sandbox.faults.add({ target: "stripe", kind: "storedStatus", match: { method: "POST", path }, when, times });
  const intentsOf = async (orderId: string) =>
    (await stage.stripe.paymentIntents.list({ limit: 100 })).data.filter(
      ({ metadata }) => metadata.orderId === orderId,
    );

  it.each(["before", "after"] as const)(
    "%s an intent was made do not stand in the way of one, and make one",
    async (when) => {
      failing("payment_intents$", when);
      const { orderId, intentId } = await createInTheEnd();
      expect((await intentsOf(orderId)).map(({ id }) => id)).toEqual([intentId]);
    },
  );

  it("again and again end with one intent, however many ask at once", async () => {
    const orderId = randomUUIDv7();
    failing("payment_intents$", "before", 3);
    const replies = await Promise.all(Array.from({ length: 5 }, () => stage.create(orderId)));
    for (const { statusCode } of replies) expect([200, 503]).toContain(statusCode);
    const { intentId } = await createInTheEnd(orderId);
    expect((await intentsOf(orderId)).map(({ id, status }) => [id, status])).toEqual([
      [intentId, "requires_payment_method"],
    ]);
  });

  it.each(["before", "after"] as const)("%s a refund was made lead to one refund", async (when) => {
    const { orderId, intentId } = await story.pay();
    await story.tell(intentId);
    failing("refunds$", when);
    const refundId = randomUUIDv7();
    await expect(story.refund(orderId, 1000, refundId)).rejects.toMatchObject({ unavailable: true });
    for (let i = 0; i < 2; i++) await story.refund(orderId, 1000, refundId);
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount)).toEqual([1000]);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
  });

  it("do not stand in the way of a cancellation", async () => {
    const { orderId, intentId } = await story.create();
    failing("cancel$", "before");
    await expect(stage.useCases.cancelPayment(orderId)).rejects.toMatchObject({ unavailable: true });
    await stage.useCases.cancelPayment(orderId);
    expect((await stage.stripe.paymentIntents.retrieve(intentId)).status).toBe("canceled");
  });
});
