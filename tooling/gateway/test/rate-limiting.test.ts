import { randomUUID } from "node:crypto";
import { startFaultProxy } from "@tradepost/testing/fault-proxy";
import { testRedis } from "@tradepost/testing/stores";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { bearer, type Changeable, changedConfig, environment, gatewayForTest, signToken } from "./gateway-for-tests.ts";

let redis: Awaited<ReturnType<typeof testRedis>>;
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(() => redis.drop());

/** All that limits rates in kong.yml. */
const rateLimitsOf = (document: Changeable): Changeable[] =>
  [document, ...document.consumers, ...document.services.flatMap(({ routes }: Changeable) => routes)]
    .flatMap(({ plugins = [] }) => plugins)
    .filter(({ name }) => name === "rate-limiting");
/** An answer of Redis that takes longer than half a second is not waited for: that request would not be counted. */
const patient = () =>
  changedConfig((document) => {
    for (const { config } of rateLimitsOf(document)) config.redis.timeout = 30_000;
  });

/** In the middle of a window, so that a test does not run into the next one. */
const noon = () => Math.floor(Date.now() / 60_000) * 60_000 + 20_000;
const start = (now = noon()) => startAt(() => now);
const startAt = (now: () => number) => gatewayForTest({ configFile: patient(), redisUrl: redis.url, now });
const from = (address: string) => ({ "x-forwarded-for": address });
let lastAddress = 0;
/** An address that nobody else in this file has. */
const newAddress = () => `198.51.100.${++lastAddress}`;
const times = async (count: number, call: () => Promise<Response>) => {
  const answers: Response[] = [];
  for (let index = 0; index < count; index++) answers.push(await call());
  return answers;
};
const statuses = (answers: Response[]) => answers.map(({ status }) => status);

it("serves a hundred requests a minute of a shopper, wherever from, and leaves another one alone", async () => {
  const gateway = await start();
  const [a, b] = [signToken(), signToken()];
  const address = newAddress();
  const call = (token: string, path = "/v1/users/me", client = newAddress()) =>
    fetch(gateway.url + path, { headers: { ...bearer(token), ...from(client) } });
  expect(new Set(statuses(await times(60, () => call(a))))).toEqual(new Set([200]));
  expect(new Set(statuses(await times(40, () => call(a, "/v1/products", address))))).toEqual(new Set([200]));
  const refused = await call(a, "/v1/cart", address);
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ code: "rate.limited", status: 429 });
  expect((await call(b, "/v1/products", address)).status).toBe(200);
  expect((await fetch(`${gateway.url}/v1/products`, { headers: from(address) })).status).toBe(200);
});

it("tells how much is left and when to come again", async () => {
  const now = Math.floor(noon() / 60_000) * 60_000 + 45_000;
  const gateway = await start(now);
  const headers = from(newAddress());
  const [first] = await times(100, () => fetch(`${gateway.url}/v1/categories`, { headers }));
  expect(Object.fromEntries(first?.headers ?? [])).toMatchObject({
    "ratelimit-limit": "100",
    "ratelimit-remaining": "99",
    "ratelimit-reset": "15",
    "x-ratelimit-limit-minute": "100",
    "x-ratelimit-remaining-minute": "99",
  });
  const refused = await fetch(`${gateway.url}/v1/categories`, { headers });
  expect(refused.status).toBe(429);
  expect(Object.fromEntries(refused.headers)).toMatchObject({ "retry-after": "15", "ratelimit-remaining": "0" });
});

it("starts anew with each minute", async () => {
  let now = noon();
  const gateway = await startAt(() => now);
  const headers = from(newAddress());
  await times(100, () => fetch(`${gateway.url}/v1/products`, { headers }));
  expect((await fetch(`${gateway.url}/v1/products`, { headers })).status).toBe(429);
  now += 60_000;
  expect((await fetch(`${gateway.url}/v1/products`, { headers })).status).toBe(200);
});

it("lets no burst slip through", async () => {
  const gateway = await start();
  const headers = from(newAddress());
  const answers = await Promise.all(
    Array.from({ length: 150 }, () => fetch(`${gateway.url}/v1/products`, { headers })),
  );
  expect(statuses(answers).filter((status) => status === 200)).toHaveLength(100);
  expect(gateway.arrivals).toHaveLength(100);
});

it("counts a guest by address, whatever it says it is", async () => {
  const gateway = await start();
  const address = newAddress();
  const forged = (index: number): Record<string, string>[] => [
    { "x-rate-limit-key": randomUUID() },
    bearer(signToken(undefined, { expiresIn: -3600 - index })),
    bearer(`x.${Buffer.from(JSON.stringify({ sub: randomUUID() })).toString("base64url")}.x`),
    { cookie: `session=${randomUUID()}` },
  ];
  let index = 0;
  const answers = await times(110, () => {
    const claims = forged(index)[index++ % 4] ?? {};
    return fetch(`${gateway.url}/v1/products`, { headers: { ...from(address), ...claims } });
  });
  expect(statuses(answers).filter((status) => status === 429)).toHaveLength(10);
});

it("cannot be made to count a request for somebody else", async () => {
  const gateway = await start();
  const victim = randomUUID();
  const token = signToken(victim);
  const forged = bearer(signToken(victim, { keyid: "key-9" }));
  await times(120, () => fetch(`${gateway.url}/v1/products`, { headers: { ...forged, ...from(newAddress()) } }));
  const own = await fetch(`${gateway.url}/v1/users/me`, { headers: bearer(token) });
  expect(own.headers.get("ratelimit-remaining")).toBe("99");
});

it("allows five sign-ins a minute from one address, whoever is signed in", async () => {
  const gateway = await start();
  const address = newAddress();
  const signIn = (headers = {}, method = "POST") =>
    fetch(`${gateway.url}/v1/sessions`, { method, headers: { ...from(address), ...headers } });
  expect(statuses(await times(5, () => signIn()))).toEqual([200, 200, 200, 200, 200]);
  expect((await signIn(bearer(signToken()))).status).toBe(429);
  expect((await signIn(bearer(signToken()), "GET")).status).toBe(200);
  expect((await fetch(`${gateway.url}/v1/products`, { headers: from(address) })).status).toBe(200);
});

it("gives Stripe's webhooks a limit of their own", async () => {
  const gateway = await start();
  const headers = from(newAddress());
  const answers = await times(101, () => fetch(`${gateway.url}/v1/webhooks/stripe`, { method: "POST", headers }));
  expect(new Set(statuses(answers))).toEqual(new Set([200]));
  expect(answers[0]?.headers.get("ratelimit-limit")).toBe("600");
});

it.each(["refuse", "blackhole"] as const)(
  "lets requests pass while Redis is away (%s), and counts again after",
  async (kind) => {
    const proxy = await startFaultProxy({ target: redis.url });
    onTestFinished(() => proxy.close());
    const gateway = await gatewayForTest({ redisUrl: proxy.url, now: noon });
    const call = () => fetch(`${gateway.url}/v1/products`, { headers: from(newAddress()) });
    await expect.poll(async () => (await call()).headers.get("ratelimit-remaining")).toBe("99");
    proxy.set({ kind });
    const passed = await call();
    expect(passed.status).toBe(200);
    expect(passed.headers.has("ratelimit-limit")).toBe(false);
    proxy.set({ kind: "pass" });
    await expect.poll(async () => (await call()).headers.get("ratelimit-remaining")).toBe("99");
  },
);

it("refuses with 500 while Redis is away where the configuration wants that", async () => {
  const configFile = changedConfig((document) => {
    for (const { plugins } of document.consumers) plugins[0].config.fault_tolerant = false;
  });
  const gateway = await gatewayForTest({ configFile, env: environment });
  const answer = await fetch(`${gateway.url}/v1/products`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ code: "internal" });
});
