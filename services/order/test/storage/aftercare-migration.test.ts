import { randomUUIDv7 } from "node:crypto";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import { testDatabase } from "@tradepost/testing/stores";
import { expect, it } from "vitest";

const path = fileURLToPath(new URL("../../migrations", import.meta.url));

it("0002 works out what was captured for the orders of before", async () => {
  const before = await mkdtemp(join(tmpdir(), "order-migrations-"));
  await copyFile(join(path, "0001_orders.sql"), join(before, "0001_orders.sql"));
  const database = await testDatabase((url) =>
    migrate({ url, directories: [messagingMigrations, { name: "order", path: before }] }),
  );
  const postgres = createPostgres({ url: database.url, applicationName: "order-migration-test", max: 2 });
  const insert = async (states: string[], refundedCents: number[]) => {
    const id = randomUUIDv7();
    await postgres.query(
      `INSERT INTO orders (id, number, status, cart_id, email, locale, currency, shipping_address, billing_address, lines,
         discounts, shipping_option, subtotal_cents, shipping_cents, tax_cents, tax_included, total_cents, placed_at,
         pay_by, changed_at)
       VALUES ($1, $4, $2, $3, 'ada@example.com', 'en', 'EUR', '{}', '{}', '[]', '[]', '{}', 3800, 490, 685, true, 4290,
         now(), now(), now())`,
      [id, states.at(-1), randomUUIDv7(), id],
    );
    for (const state of states)
      await postgres.query("INSERT INTO order_history (order_id, status, reason, at) VALUES ($1, $2, '', now())", [
        ...[id, state],
      ]);
    for (const cents of refundedCents)
      await postgres.query(
        "INSERT INTO refunds (id, order_id, amount_cents, reason, requested_at) VALUES ($1, $2, $3, '', now())",
        [randomUUIDv7(), id, cents],
      );
    return id;
  };
  const expected = new Map([
    [await insert(["placing", "awaiting_payment"], []), 0],
    [await insert(["awaiting_payment", "confirmed"], [1000]), 4290],
    [await insert(["awaiting_payment", "confirmed", "cancelled"], [1000, 3290]), 4290],
    [await insert(["awaiting_payment", "cancelled"], []), 0],
    [await insert(["awaiting_payment", "cancelled"], [4290]), 4290],
    [await insert(["awaiting_payment"], [1]), 1],
  ]);
  await migrate({ url: database.url, directories: [messagingMigrations, { name: "order", path }] });
  const { rows } = await postgres.query<{ id: string; captured_cents: number }>(
    "SELECT id, captured_cents FROM orders",
  );
  expect(new Map(rows.map(({ id, captured_cents }) => [id, captured_cents]))).toEqual(expected);
  await postgres.end();
  await database.drop();
  await rm(before, { recursive: true });
});
