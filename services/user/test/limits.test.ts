import { randomUUIDv7 } from "node:crypto";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientAddressOf } from "../src/http/client-address.ts";
import { createAttemptCounter } from "../src/storage/attempt-counter.ts";
import { newAccount, problemOf, type Stage, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const times = async <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let index = 0; index < count; index++) results.push(await work(index));
  return results;
};
const unknownAddress = () => `nobody.${randomUUIDv7()}@example.com`;
let hosts = 0;
/** An address that no other test of this file counts attempts of. */
const ownAddress = () => `203.0.113.${++hosts}`;

describe("S6: sign-in is limited to five a minute", () => {
  it("S6: per account, wherever the guesses come from; the right password is refused like a wrong one", async () => {
    const { email, password } = await stage.register();
    const guesses = await times(5, () => stage.signIn(email, "wrong password", { from: ownAddress() }));
    expect(guesses.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401]);
    const [wrong, right] = [
      await stage.signIn(email, "wrong password", { from: ownAddress() }),
      await stage.signIn(email.toUpperCase(), password, { from: ownAddress() }),
    ];
    expect([wrong.statusCode, wrong.json().code]).toEqual([429, "rate.limited"]);
    expect(problemOf(right)).toEqual(problemOf(wrong));
    const waitSeconds = Number(right.headers["retry-after"]);
    expect(waitSeconds).toBeGreaterThan(0);
    expect(waitSeconds).toBeLessThanOrEqual(60);
  });

  it("S6: an account at the limit leaves others alone", async () => {
    const [ada, eve] = [await stage.register(), await stage.register()];
    await times(6, () => stage.signIn(ada.email, "wrong password", { from: ownAddress() }));
    expect((await stage.signIn(ada.email, ada.password, { from: ownAddress() })).statusCode).toBe(429);
    expect((await stage.signIn(eve.email, eve.password, { from: ownAddress() })).statusCode).toBe(201);
    // Who is signed in goes on.
    expect((await stage.call("GET", "/v1/users/me", { token: ada.token })).statusCode).toBe(200);
  });

  it("S6: an address without an account is limited the same, so the limit tells nobody who has one", async () => {
    const { email } = await stage.register();
    const answersFor = async (address: string) => {
      const replies = await times(7, () => stage.signIn(address, "wrong password", { from: ownAddress() }));
      return replies.map((reply) => problemOf(reply));
    };
    expect(await answersFor(email)).toEqual(await answersFor(unknownAddress()));
  });

  it("S6: per client address, whatever accounts are tried; other addresses are served", async () => {
    const { email, password } = await stage.register();
    const from = ownAddress();
    const guesses = await times(6, () => stage.signIn(unknownAddress(), "wrong password", { from }));
    expect(guesses.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await stage.signIn(email, password, { from })).statusCode).toBe(429);
    expect((await stage.signIn(email, password, { from: ownAddress() })).statusCode).toBe(201);
  });

  it("S6: the password of an open session cannot be guessed faster", async () => {
    const { token, password } = await stage.register();
    const show = (guess: string) =>
      stage.call("POST", "/v1/sessions/current/step-up", { token, payload: { password: guess } });
    const statuses = (await times(5, () => show("wrong"))).map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([422, 422, 422, 422, 422]);
    expect((await show(password)).statusCode).toBe(429);
  });

  it("S6: attempts that come at the same moment are counted one by one", async () => {
    const { email } = await stage.register();
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => stage.signIn(email, "wrong password", { from: ownAddress() })),
    );
    expect(replies.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(replies.filter(({ statusCode }) => statusCode === 429)).toHaveLength(7);
  });
});

describe("S6: what makes us send mail is limited", () => {
  it("S6: resets five an hour per account, known or not", async () => {
    const { email } = await stage.registerVerified();
    const ask = (address: string) => () =>
      stage.call("POST", "/v1/password-resets", { payload: { email: address }, from: ownAddress() });
    const statusesOf = async (address: string) => (await times(6, ask(address))).map(({ statusCode }) => statusCode);
    expect(await statusesOf(email)).toEqual([202, 202, 202, 202, 202, 429]);
    expect(await statusesOf(unknownAddress())).toEqual([202, 202, 202, 202, 202, 429]);
    expect((await stage.mailsTo(email)).filter(({ subject }) => subject === "Set a new password")).toHaveLength(5);
  });

  it("S6: resets twenty an hour per client address", async () => {
    const from = ownAddress();
    const replies = await times(21, () =>
      stage.call("POST", "/v1/password-resets", { payload: { email: unknownAddress() }, from }),
    );
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([...Array(20).fill(202), 429]);
  });

  it("S6: verification mails five an hour", async () => {
    const { email, token } = await stage.register();
    const replies = await times(6, () =>
      stage.call("POST", "/v1/users/me/verification", { token, from: ownAddress() }),
    );
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([204, 204, 204, 204, 204, 429]);
    expect(await stage.mailsTo(email)).toHaveLength(6);
  });

  it("S6: accounts for one address five an hour, known or not", async () => {
    const owner = await stage.registerVerified();
    const register = (email: string) => () =>
      stage.call("POST", "/v1/users", { payload: { ...newAccount(), email }, from: ownAddress() });
    const statusesOf = async (email: string, count: number) =>
      (await times(count, register(email))).map(({ statusCode }) => statusCode);
    expect(await statusesOf(owner.email, 5)).toEqual([201, 201, 201, 201, 429]);
    expect(await statusesOf(unknownAddress(), 6)).toEqual([201, 201, 201, 201, 201, 429]);
  });

  it("S6: a mailbox counts once, however its address is tagged, and each address is still one of its own", async () => {
    const [local, domain] = unknownAddress().split("@");
    const tagged = (tag: number) => `${local}+${tag}@${domain}`;
    const ask = async (email: string) =>
      (await stage.call("POST", "/v1/password-resets", { payload: { email }, from: ownAddress() })).statusCode;
    expect(await times(5, (index) => ask(tagged(index)))).toEqual([202, 202, 202, 202, 202]);
    expect([await ask(tagged(5)), await ask(`${local}@${domain}`.toUpperCase())]).toEqual([429, 429]);
    expect(await ask(`${local}.other@${domain}`)).toBe(202);
    const register = (email: string) =>
      stage.call("POST", "/v1/users", { payload: { ...newAccount(), email }, from: ownAddress() });
    const accounts = await times(6, (index) => register(tagged(index)));
    expect(accounts.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201, 201, 429]);
    expect(accounts[0]?.json().user.email).toBe(tagged(0));
    // Two shoppers who name one mailbox as their next address.
    const [token, other] = accounts.slice(1).map((reply) => String(reply.json().token));
    const move = (email: string, as = token) =>
      stage.call("PUT", "/v1/users/me/email", { token: as, payload: { email }, from: ownAddress() });
    const moves = await times(5, (index) => move(`next.${local}+${index}@${domain}`));
    expect(moves.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202, 202, 202]);
    expect((await move(`next.${local}@${domain}`, other)).statusCode).toBe(429);
  });
});

describe("attempts", () => {
  it("are allowed again as the oldest leave the window, and those that are refused do not count", async () => {
    const { take } = createAttemptCounter(stage.redis);
    const limits = [{ key: randomUUIDv7(), max: 2, windowMs: 4_000 }];
    expect([await take(limits), await take(limits)]).toEqual([{ waitMs: 0 }, { waitMs: 0 }]);
    const { waitMs } = await take(limits);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(4_000);
    await waitFor(async () => (await take(limits)).waitMs === 0, { timeoutMs: 20_000, what: "the window to pass" });
  });

  it("that one limit refuses are not counted by another", async () => {
    const { take } = createAttemptCounter(stage.redis);
    const limitOf = (max: number) => ({ key: randomUUIDv7(), max, windowMs: 60_000 });
    const [tight, wide] = [limitOf(1), limitOf(2)];
    await take([tight, wide]);
    for (let i = 0; i < 5; i++) expect((await take([tight, wide])).waitMs).toBeGreaterThan(0);
    expect(await take([wide])).toEqual({ waitMs: 0 });
  });

  it("leave no address readable in Redis", async () => {
    const email = unknownAddress();
    await stage.signIn(email, "wrong password");
    expect(JSON.stringify(await stage.redis.keys("*"))).not.toContain(email.slice(0, 20));
  });

  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("from %s are counted for %s", (ip, counted) => {
    expect(clientAddressOf(ip)).toBe(counted);
  });
});
