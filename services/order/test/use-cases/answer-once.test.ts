import { randomUUIDv7 } from "node:crypto";
import { fileURLToPath } from "node:url";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres, type Postgres } from "@tradepost/postgres/pool";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { type TestStore, testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerOnce, type Outcome } from "../../src/use-cases/answer-once.ts";

let database: TestStore;
let sql: Postgres;
beforeAll(async () => {
  const path = fileURLToPath(new URL("../../migrations", import.meta.url));
  database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations, { name: "order", path }] }));
  sql = createPostgres({ url: database.url, applicationName: "answer-once-test" });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const request = (body: unknown = { a: 1 }) => ({ caller: "user:1", key: randomUUIDv7(), request: body });
/** A database connection of a process that dies, or only stands still for a while. */
function mortal() {
  let alive = true;
  const query: Sql["query"] = (text, values) =>
    alive ? sql.query(text, values) : Promise.reject(new Error("this process stands still"));
  return {
    query,
    die: () => {
      alive = false;
    },
    rise: () => {
      alive = true;
    },
  };
}
const done = async (answer: string): Promise<Outcome<string>> => ({ kind: "done", answer });

it("tells a repeat to come back while the first still runs, then gives both the same answer", async () => {
  const keyed = request();
  const started = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const first = answerOnce({ sql })(keyed, async () => {
    started.resolve();
    await gate.promise;
    return done("first");
  });
  await started.promise;
  const second = () => done("second");
  await expect(answerOnce({ sql, waitMs: 100 })(keyed, second)).rejects.toMatchObject({
    ...{ status: 409, code: "idempotency.in_progress", headers: { "retry-after": "1" } },
  });
  const patient = answerOnce({ sql })(keyed, second);
  gate.resolve();
  expect(await Promise.all([first, patient])).toEqual(["first", "first"]);
});

it("lets a repeat continue the same resource when the owner has died", async () => {
  const keyed = request();
  const ids: string[] = [];
  const dead = mortal();
  await new Promise<void>((begun) => {
    void answerOnce({ sql: dead, lockMs: 50 })(keyed, (id) => {
      ids.push(id);
      begun();
      return new Promise<never>(() => {});
    });
  });
  dead.die();
  const answer = await answerOnce({ sql })(keyed, (id) => {
    ids.push(id);
    return done("continued");
  });
  expect(answer).toBe("continued");
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

it("leaves slow work alone for as long as its owner lives", async () => {
  const keyed = request();
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let renewals = 0;
  const query: Sql["query"] = (text, values) => {
    if (/^UPDATE idempotency_keys SET locked_until = now\(\) \+/.test(text)) renewals += 1;
    return sql.query(text, values);
  };
  const first = answerOnce({ sql: { query }, lockMs: 2_000 })(keyed, async () => {
    begun.resolve();
    await gate.promise;
    return done("first");
  });
  await begun.promise;
  // Longer than the lock that was claimed.
  await waitFor(() => renewals >= 6, { what: "six renewals" });
  const second = answerOnce({ sql })(keyed, () => done("second"));
  gate.resolve();
  expect(await Promise.all([first, second])).toEqual(["first", "first"]);
});

it("leaves the key alone when an owner fails after another one has taken over", async () => {
  for (const failure of [new AppError(409, "quote.changed", "Changed"), new Error("lost")]) {
    const keyed = request();
    const [slow, running] = [Promise.withResolvers<never>(), Promise.withResolvers<void>()];
    const [taken, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const stalled = mortal();
    const first = answerOnce({ sql: stalled, lockMs: 50 })(keyed, () => {
      begun.resolve();
      return slow.promise;
    });
    await begun.promise;
    stalled.die();
    const second = answerOnce({ sql })(keyed, async () => {
      taken.resolve();
      await running.promise;
      return done("second");
    });
    await taken.promise;
    stalled.rise();
    slow.reject(failure);
    await expect(first).rejects.toBe(failure);
    await expect(answerOnce({ sql, waitMs: 50 })(keyed, () => done("third"))).rejects.toMatchObject({ status: 409 });
    await expect(answerOnce({ sql })({ ...keyed, request: 2 }, () => done("other"))).rejects.toMatchObject({
      status: 422,
    });
    running.resolve();
    expect(await second).toBe("second");
    expect(await answerOnce({ sql })(keyed, () => done("fourth"))).toBe("second");
  }
});

it("repeats a refusal, frees the key after a failure without effect, keeps the resource after any other", async () => {
  const refusal = new AppError(409, "stock.insufficient", "Not enough", { extra: { lines: [1] } });
  const refused = request();
  for (let i = 0; i < 2; i++)
    await expect(
      answerOnce({ sql })(refused, async () => (i === 0 ? { kind: "refused", error: refusal } : done("ran again"))),
    ).rejects.toMatchObject({ status: 409, code: "stock.insufficient", extra: { lines: [1] } });

  const freed = request();
  const noEffect = async () => Promise.reject(new AppError(409, "quote.changed", "Changed"));
  await expect(answerOnce({ sql })(freed, noEffect)).rejects.toMatchObject({ code: "quote.changed" });
  expect(await answerOnce({ sql })({ ...freed, request: { b: 2 } }, () => done("another body"))).toBe("another body");

  const broken = request();
  const ids: string[] = [];
  const breaks = (id: string) => {
    ids.push(id);
    return ids.length === 1 ? Promise.reject(new Error("lost")) : done("mended");
  };
  await expect(answerOnce({ sql })(broken, breaks)).rejects.toThrow("lost");
  expect(await answerOnce({ sql })(broken, breaks)).toBe("mended");
  expect(ids[0]).toBe(ids[1]);
});

it("keeps the keys of different callers apart", async () => {
  const keyed = request();
  expect(await answerOnce({ sql })(keyed, () => done("mine"))).toBe("mine");
  expect(await answerOnce({ sql })({ ...keyed, caller: "user:2" }, () => done("theirs"))).toBe("theirs");
});

it("lets a repeat that has waited for long tell the first answer, but not begin the work itself", async () => {
  for (const ending of ["answers", "fails"] as const) {
    const keyed = request();
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = answerOnce({ sql })(keyed, async () => {
      begun.resolve();
      await gate.promise;
      if (ending === "fails") throw new Error("lost");
      return done("first");
    });
    await begun.promise;
    const looked = Promise.withResolvers<void>();
    const query: Sql["query"] = (text, values) => sql.query<never>(text, values).finally(looked.resolve);
    const waitMs = ending === "answers" ? 30_000 : 2_000;
    const late = answerOnce({ sql: { query }, takeOverWithinMs: 0, waitMs })(keyed, () => done("taken over"));
    await looked.promise;
    gate.resolve();
    const outcomes = await Promise.allSettled([first, late]);
    const wanted =
      ending === "answers"
        ? [{ value: "first" }, { value: "first" }]
        : [{ reason: new Error("lost") }, { reason: { code: "idempotency.in_progress" } }];
    expect(outcomes).toMatchObject(wanted);
    expect(await answerOnce({ sql })(keyed, () => done("next"))).toBe(ending === "answers" ? "first" : "next");
  }
});
