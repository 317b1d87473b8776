import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "@tradepost/local-stack/services";
import { Client } from "pg";

export interface SampleRow {
  table: string;
  columns: string[];
  /** As text, the way PostgreSQL writes and reads them. */
  values: (string | null)[];
}

export interface OrderSample {
  /** In an order in which they can be inserted. */
  rows: SampleRow[];
  answer: string;
}

const TABLES = ["orders", "order_history", "idempotency_keys"] as const;

/** The rows that a placed order has left in both services' databases. */
export async function readOrderSample(
  databaseUrls: Record<"order" | "payment", string>,
  orderId: string,
  answer: string,
): Promise<OrderSample> {
  const ofOrder = await connected(databaseUrls.order, async (client) => [
    ...(await rowsOf(client, "orders", "id", orderId)),
    ...(await rowsOf(client, "order_history", "order_id", orderId)),
    ...(await rowsOf(client, "idempotency_keys", "resource_id", orderId)),
  ]);
  const ofPayment = await connected(databaseUrls.payment, (client) => rowsOf(client, "payments", "order_id", orderId));
  return { rows: [...ofOrder, ...ofPayment], answer };
}

async function rowsOf(client: Client, table: string, key: string, value: string): Promise<SampleRow[]> {
  const asText = { getTypeParser: () => (text: string | Buffer) => String(text) };
  const { rows, fields } = await client.query<(string | null)[]>({
    ...{ text: `SELECT * FROM ${table} WHERE ${key} = $1`, values: [value], rowMode: "array", types: asText },
  });
  if (rows.length === 0) throw new Error(`order ${value} has left no row in ${table}`);
  const names = fields.map(({ name }) => name);
  return rows.map((row) => ({
    table,
    columns: names.filter((name) => name !== "seq"),
    values: row.filter((_, index) => names[index] !== "seq"),
  }));
}

/** A schema `bench` with the same tables, indexes and checks, in the order service's database. */
export async function createBaselineTables(databaseUrl: string): Promise<void> {
  const migrations = join(repository, "services/payment/migrations");
  await connected(databaseUrl, async (client) => {
    await client.query("CREATE SCHEMA bench");
    for (const table of TABLES) await client.query(`CREATE TABLE bench.${table} (LIKE public.${table} INCLUDING ALL)`);
    await client.query("ALTER TABLE bench.order_history ADD FOREIGN KEY (order_id) REFERENCES bench.orders (id)");
    await client.query("SET search_path TO bench");
    for (const file of readdirSync(migrations).sort()) await client.query(readFileSync(join(migrations, file), "utf8"));
  });
}

async function connected<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
