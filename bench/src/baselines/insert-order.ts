// Bare Fastify that inserts the rows a placed order consists of in one transaction, and sends the same answer.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import { Pool } from "pg";
import type { OrderSample } from "../order-sample.ts";

const { PORT, DATABASE_URL, SAMPLE_FILE = "" } = process.env;
const { rows, answer } = JSON.parse(readFileSync(SAMPLE_FILE, "utf8")) as OrderSample;
const pool = new Pool({ connectionString: DATABASE_URL, max: 10, options: "-c search_path=bench" });

const statements = rows.map(({ table, columns, values }) => {
  const places = columns.map((_, index) => `$${index + 1}`).join(", ");
  const text = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`;
  // Ids, numbers and keys are new in every order; all else is copied.
  const fresh = (ids: Record<string, string>) => columns.map((column, index) => ids[column] ?? values[index]);
  return { name: `insert-${table}`, text, fresh, isOrder: table === "orders" };
});

const app = Fastify();
app.post("/v1/orders", async (_request, reply) => {
  const id = randomUUID();
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const { name, text, fresh, isOrder } of statements) {
      const own = { number: id, key: id, order_number: id, intent_id: id, resource_id: id };
      await client.query({ name, text, values: fresh(isOrder ? { ...own, id } : { ...own, order_id: id }) });
    }
    await client.query("COMMIT");
  } finally {
    client.release();
  }
  return reply.code(201).type("application/json; charset=utf-8").send(answer);
});
await app.listen({ port: Number(PORT), host: "127.0.0.1" });
