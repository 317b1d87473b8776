import type { OrderRecord } from "@tradepost/contracts/order";
import { AppError } from "@tradepost/service-runtime/app-error";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Stage, userStage } from "./user-stage.ts";

/** S16: accounts that never proved their address and that nobody comes back to. */
let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const DAY_MS = 86_400_000;
const remains = async ({ user }: { user: { id: string } }) =>
  (await stage.postgres.query("SELECT 1 FROM users WHERE id = $1", [user.id])).rowCount === 1;
const erasedEvents = async ({ user }: { user: { id: string } }) =>
  (await stage.postgres.query("SELECT 1 FROM outbox WHERE aggregate_id = $1", [user.id])).rowCount;

it("S16: are erased after thirty days, everywhere, and no other account is", async () => {
  const [abandoned, proved] = [await stage.register(), await stage.registerVerified()];
  stage.advance(29 * DAY_MS);
  const visited = await stage.register();
  expect(await stage.useCases.eraseAbandoned()).toBe(0);
  stage.advance(DAY_MS);
  expect(await stage.useCases.eraseAbandoned()).toBe(1);
  expect(await Promise.all([abandoned, proved, visited].map(remains))).toEqual([false, true, true]);
  expect(await Promise.all([abandoned, proved, visited].map(erasedEvents))).toEqual([1, 0, 0]);
  const subjects = (await stage.mailsTo(abandoned.email)).map(({ subject }) => subject);
  expect(subjects, "nobody is told: whose address it is nobody knows").toEqual(["Confirm your e-mail address"]);
});

it("S16: are kept for thirty days more by each sign-in, and for good by a proof", async () => {
  const [again, late] = [await stage.register(), await stage.register()];
  const token = await stage.linkToken(late.email, /Confirm/);
  const reply = await stage.call("POST", "/v1/users/verification", { token: late.token, payload: { token } });
  expect(reply.statusCode).toBe(204);
  stage.advance(20 * DAY_MS);
  expect((await stage.signIn(again.email, again.password)).statusCode).toBe(201);
  stage.advance(29 * DAY_MS);
  await stage.useCases.eraseAbandoned();
  expect([await remains(again), await remains(late)]).toEqual([true, true]);
  stage.advance(2 * DAY_MS);
  await stage.useCases.eraseAbandoned();
  expect([await remains(again), await remains(late)]).toEqual([false, true]);
});

it("S16: are kept while there are orders of theirs, or while nobody knows whether there are", async () => {
  const account = await stage.register();
  const { ordersOf } = stage.parts.personalData;
  stage.advance(31 * DAY_MS);
  stage.parts.personalData.ordersOf = () => Promise.reject(new AppError(503, "export.incomplete", "Not just now"));
  await expect(stage.useCases.eraseAbandoned()).rejects.toThrow("Not just now");
  stage.parts.personalData.ordersOf = async (userId) => (userId === account.user.id ? [{} as OrderRecord] : []);
  await stage.useCases.eraseAbandoned();
  expect(await remains(account)).toBe(true);
  stage.parts.personalData.ordersOf = ordersOf;
  expect([await stage.useCases.eraseAbandoned(), await remains(account)]).toEqual([0, true]);
  stage.advance(31 * DAY_MS);
  await stage.useCases.eraseAbandoned();
  expect(await remains(account)).toBe(false);
});
