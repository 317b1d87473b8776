import { randomInt, randomUUID } from "node:crypto";
import { registerUser } from "@tradepost/contracts/user";
import { waitFor } from "@tradepost/testing/wait-for";
import { expect, inject, it } from "vitest";
import { newVisitor } from "../src/visitor.ts";

const { url } = inject("shop");
const BATCH = 25;

/** Sends until one is refused for being too many. Limits begin anew each minute, so it may take more than the limit. */
async function untilRefused(send: () => Promise<Response>, most: number): Promise<Response> {
  for (let sent = 0; sent < most; sent += BATCH) {
    const answers = await Promise.all(Array.from({ length: BATCH }, send));
    const refused = answers.find(({ status }) => status === 429);
    if (refused) return refused;
  }
  throw new Error(`${most} requests, and none was too many`);
}

async function newShopper(address: string) {
  const { call } = newVisitor(url);
  const body = { email: `limit.${randomUUID()}@example.com`, password: "correct horse battery", name: "Limit" };
  const { token } = await call(registerUser, { body });
  const headers = { authorization: `Bearer ${token}`, "x-forwarded-for": address };
  return () => fetch(`${url}/v1/users/me`, { headers });
}
const newAddress = () => `198.18.${randomInt(256)}.${randomInt(1, 255)}`;

it("S6: user A at the limit gets 429 with Retry-After while user B, at the same address, is served", async () => {
  const address = newAddress();
  const [a, b] = [await newShopper(address), await newShopper(address)];
  const refused = await untilRefused(a, 400);
  const headers = Object.fromEntries(refused.headers);
  expect(headers).toMatchObject({ "ratelimit-limit": "100", "ratelimit-remaining": "0" });
  expect(headers["ratelimit-reset"]).toBe(headers["retry-after"]);
  expect(Number(headers["retry-after"])).toBeGreaterThanOrEqual(1);
  expect(Number(headers["retry-after"])).toBeLessThanOrEqual(60);
  expect(await refused.json()).toMatchObject({
    ...{ status: 429, code: "rate.limited" },
    requestId: refused.headers.get("x-request-id"),
  });
  expect((await b()).status).toBe(200);
  // Where its counters are slow, the gateway lets requests pass uncounted.
  const remaining = await waitFor(async () => (await b()).headers.get("ratelimit-remaining"), { intervalMs: 500 });
  expect(Number(remaining)).toBeGreaterThan(75);
});

it("S6: a signed-out visitor is counted by address, and another address is served", async () => {
  const visit = (address: string) => () => fetch(`${url}/v1/categories`, { headers: { "x-forwarded-for": address } });
  const address = newAddress();
  expect((await untilRefused(visit(address), 400)).headers.get("retry-after")).toMatch(/^\d+$/);
  expect((await visit(newAddress())()).status).toBe(200);
});

it("S6: sign-in takes five tries a minute from one address, whoever is named, and leaves another address alone", async () => {
  const signIn = (address: string) => () =>
    fetch(`${url}/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": address, origin: url },
      body: JSON.stringify({ email: `nobody.${randomUUID()}@example.com`, password: "wrong horse battery" }),
    });
  const refused = await untilRefused(signIn(newAddress()), 100);
  expect(refused.headers.get("ratelimit-limit")).toBe("5");
  expect((await signIn(newAddress())()).status).toBe(401);
});
