import { afterAll, beforeAll, expect, it } from "vitest";
import { type Confirmation, listOrdersConfirmed } from "../../src/storage/reconciliation-repository.ts";
import { type Stage, startStage } from "../order-stage.ts";
import { createStory } from "../order-story.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

it("lists orders that were confirmed in a time, each once over its pages, also in the same microsecond", async () => {
  const story = createStory(stage);
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) {
    const { order } = await story.place();
    await story.captured(order.id);
    ids.push(order.id);
  }
  const at = "2026-11-24T12:00:00.123456Z";
  const confirm = (text: string, value: string, id?: string) =>
    stage.postgres.query(`UPDATE order_history SET at = $1 WHERE status = 'confirmed' ${text}`, [
      value,
      ...(id ? [id] : []),
    ]);
  await confirm("", at);
  await confirm("AND order_id = $2", "2026-11-24T12:00:00.123455Z", ids[5]);
  await confirm("AND order_id = $2", "2026-11-23T12:00:00Z", ids[4]);
  const period = { since: new Date("2026-11-24T00:00:00Z"), until: new Date("2026-11-25T00:00:00Z") };
  const listed: string[] = [];
  let after: Confirmation | null = null;
  for (;;) {
    const page: Confirmation[] = await listOrdersConfirmed(stage.postgres, { ...period, after, limit: 2 });
    listed.push(...page.map(({ orderId }) => orderId));
    if (page.length < 2) break;
    after = page.at(-1) ?? null;
  }
  expect(listed).toEqual([ids[5], ...ids.slice(0, 4).sort()]);
});
