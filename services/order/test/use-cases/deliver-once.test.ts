import { randomUUIDv7 } from "node:crypto";
import { NotAccepted } from "@tradepost/mail/mail-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Notification } from "../../src/storage/notification-ledger.ts";
import { deliverOnce } from "../../src/use-cases/deliver-once.ts";
import { type Stage, startStage } from "../order-stage.ts";
import { createStory } from "../order-story.ts";

let stage: Stage;
let message: Notification;
beforeAll(async () => {
  stage = await startStage();
});
beforeEach(async () => {
  const { order } = await createStory(stage).place();
  message = { eventId: randomUUIDv7(), template: "t", recipient: "ada@example.com", orderId: order.id };
});
afterAll(() => stage.stop());

const START = Date.parse("2026-11-24T12:00:00Z");
/** An attempt that begins at a second of the story. */
const attemptAt = (second: number, attempt: { send: () => Promise<void>; wasAccepted?: () => Promise<boolean> }) => {
  const now = () => new Date(START + second * 1000);
  const deliver = deliverOnce({ sql: stage.postgres, now, onUndeliverable: () => {} });
  return deliver(message, { wasAccepted: async () => false, ...attempt });
};
const ledger = async () =>
  (
    await stage.postgres.query<{ sent_at: Date | null }>("SELECT sent_at FROM notifications WHERE event_id = $1", [
      message.eventId,
    ])
  ).rows;
const lost = async () => {
  throw new Error("the answer was lost");
};
const refused = async () => {
  throw new NotAccepted("not now");
};

describe("delivering a message once", () => {
  it("does not send after an attempt that overtook it while it asked the provider", async () => {
    const sent: string[] = [];
    await expect(attemptAt(0, { send: lost })).rejects.toThrow("lost");
    const slow = attemptAt(31, {
      send: async () => void sent.push("slow"),
      wasAccepted: async () => {
        await attemptAt(62, { send: async () => void sent.push("quick") });
        return false;
      },
    });
    await expect(slow).rejects.toMatchObject({ name: "Unsettled", unavailable: true });
    expect(sent).toEqual(["quick"]);
    expect(await ledger()).toMatchObject([{ sent_at: expect.any(Date) }]);
  });

  it("keeps the row of an attempt that took over, when the older one hears that it was not accepted", async () => {
    const old = attemptAt(0, {
      send: async () => {
        await expect(attemptAt(31, { send: lost })).rejects.toThrow("lost");
        await refused();
      },
    });
    await expect(old).rejects.toMatchObject({ name: "NotAccepted" });
    await expect(attemptAt(40, { send: async () => {} })).rejects.toMatchObject({ name: "Unsettled" });
  });

  it("never takes a refusal to be asked for a refusal of the message", async () => {
    const sent: string[] = [];
    const accept = async () => {
      sent.push("first");
      await lost();
    };
    await expect(attemptAt(0, { send: accept })).rejects.toThrow("lost");
    const again = async () => void sent.push("again");
    await expect(attemptAt(31, { send: again, wasAccepted: refused })).rejects.toMatchObject({ name: "NotAccepted" });
    await expect(attemptAt(32, { send: again })).rejects.toMatchObject({ name: "Unsettled" });
    await attemptAt(62, { send: again, wasAccepted: async () => true });
    expect(sent).toEqual(["first"]);
  });

  it("begins anew at once after what was surely not accepted, first or after asking", async () => {
    await expect(attemptAt(0, { send: refused })).rejects.toMatchObject({ name: "NotAccepted" });
    await expect(attemptAt(0, { send: lost })).rejects.toThrow("lost");
    await expect(attemptAt(31, { send: refused })).rejects.toMatchObject({ name: "NotAccepted" });
    let sent = 0;
    await attemptAt(31, { send: async () => void sent++ });
    await attemptAt(99, { send: async () => void sent++ });
    expect(sent).toBe(1);
  });
});
