import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteOldKeys } from "../../src/storage/idempotency-repository.ts";
import { type Stage, startStage } from "../order-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

it("forgets keys older than a day, so many at once that no statement takes long", async () => {
  await stage.postgres.query(
    `INSERT INTO idempotency_keys (caller, key, request_hash, resource_id, locked_until, created_at)
     SELECT 'guest', 'key-' || i, 'hash', gen_random_uuid(), now(), now() - make_interval(hours => CASE WHEN i > 2 THEN 25 ELSE 23 END)
     FROM generate_series(1, 5003) AS i`,
  );
  expect([await deleteOldKeys(stage.postgres), await deleteOldKeys(stage.postgres)]).toEqual([5000, 1]);
  const { rows } = await stage.postgres.query("SELECT key FROM idempotency_keys ORDER BY key");
  expect(rows).toEqual([{ key: "key-1" }, { key: "key-2" }]);
});
