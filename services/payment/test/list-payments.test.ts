import * as contract from "@tradepost/contracts/payment";
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

const MINUTE_MS = 60_000;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

describe(`${contract.listPayments.method} ${contract.listPayments.path}`, () => {
  it("lists what changed in a time, oldest change first, each once over its pages", async () => {
    const since = fromNow(-1);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await story.create()).orderId);
    // Many changes at one moment must not get lost between two pages.
    await stage.postgres.query("UPDATE payments SET changed_at = now() WHERE order_id = ANY($1)", [ids.slice(1, 4)]);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query = new URLSearchParams({ since, until: fromNow(MINUTE_MS), limit: "2", ...(cursor && { cursor }) });
      const reply = await stage.listPayments(query);
      const page = contract.listPayments.success.body.parse(reply.json());
      seen.push(...page.items.map(({ orderId }) => orderId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([ids[0], ids[4], ...ids.slice(1, 4).sort()]);
    expect((await stage.listPayments(new URLSearchParams({ since, until: since, cursor: "x" }))).statusCode).toBe(400);
  });

  it("says what was captured and refunded", async () => {
    const since = fromNow(-1);
    const { orderId, intentId } = await story.pay();
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 90 });
    await story.tell(intentId);
    const reply = await stage.listPayments(new URLSearchParams({ since, until: fromNow(MINUTE_MS) }));
    expect(reply.json().items).toEqual([
      expect.objectContaining({
        ...{ orderId, status: "captured", amount: { amount: 4290, currency: "EUR" } },
        ...{ captured: { amount: 4290, currency: "EUR" }, refunded: { amount: 90, currency: "EUR" } },
      }),
    ]);
  });
});
