import { randomInt } from "node:crypto";
import { routesByService } from "@tradepost/contracts/catalog";
import { isExposed, type RouteContract } from "@tradepost/contracts/route";
import { describe, expect, inject, it } from "vitest";
import { sampleOf } from "../src/contract-samples.ts";

/** Every contract, as somebody without rights meets it at the gateway of the running shop. */
const { url, serviceUrls } = inject("shop");
const words = { email: "nobody@example.com", phone: "+4930123456", password: "correct horse battery", text: "Nobody" };
const all = Object.entries(routesByService).flatMap(([service, routes]) =>
  Object.entries(routes).map(([name, route]) => ({ title: `${service} ${name}`, route })),
);
const exposed = all.filter(({ route }) => isExposed(route));
const inner = all.filter(({ route }) => !isExposed(route));
const needsToken = ({ access }: RouteContract) =>
  access === "shopper" || (typeof access === "object" && "staff" in access);

/** One call from an address of its own, so that no limit is met. */
function call(route: RouteContract, headers: Record<string, string> = {}, body?: string): Promise<Response> {
  const sample = sampleOf(route, words);
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(sample.params[name])));
  const sent = body ?? (sample.body === undefined ? undefined : JSON.stringify(sample.body));
  return fetch(url + path, {
    method: route.method,
    headers: {
      "x-forwarded-for": `198.18.${randomInt(256)}.${randomInt(1, 255)}`,
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...(route.idempotent ? { "idempotency-key": `walk-${randomInt(1e9)}` } : {}),
      ...headers,
    },
    ...(route.method === "GET" || sent === undefined ? {} : { body: sent }),
  });
}

async function expectProblem(answer: Response, status: number, code: string): Promise<void> {
  expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  const problem = await answer.json();
  expect(problem).toMatchObject({ status, code, type: `urn:tradepost:problem:${code}` });
  expect(problem.requestId).toBe(answer.headers.get("x-request-id"));
}

describe.each(exposed)("$title at the gateway", ({ route }) => {
  it("lets a guest in only where its contract says so, with the headers of S5 and an id", async () => {
    const answer = await call(route);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      "referrer-policy": expect.stringMatching(/origin|no-referrer/),
    });
    for (const name of ["server", "via", "x-powered-by"]) expect(answer.headers.has(name), name).toBe(false);
    if (needsToken(route)) return expectProblem(answer, 401, "token.missing");
    expect(answer.status).not.toBe(403);
    return expect(answer.status).toBeLessThan(500);
  });

  it("refuses a token that nobody signed, wherever it reads one", async () => {
    const claims = Buffer.from(JSON.stringify({ sub: "x", exp: 4e9 })).toString("base64url");
    const none = Buffer.from(JSON.stringify({ alg: "none", kid: "local-1" })).toString("base64url");
    const answer = await call(route, { authorization: `Bearer ${none}.${claims}.` });
    if (needsToken(route) || route.access === "visitor") return expectProblem(answer, 401, "token.invalid");
    // What the route itself says of its body is another matter: signing in with a wrong answer is a 401 too.
    const code = answer.status === 401 ? (await answer.json()).code : "";
    return expect(code).not.toMatch(/^token\./);
  });
});

it.each(exposed.filter(({ route }) => route.method !== "GET"))(
  "$title refuses a body over 256 KB",
  async ({ route }) => {
    const answer = await call(route, {}, JSON.stringify({ text: "x".repeat(256 * 1024) }));
    if (needsToken(route)) return expectProblem(answer, 401, "token.missing");
    return expectProblem(answer, 413, "request.too_large");
  },
);

describe.each(inner)("$title at the gateway", ({ route }) => {
  it("is nowhere, whatever a caller claims to be", async () => {
    const claims = { "x-service-token": "order", "x-consumer-username": "order", "x-forwarded-prefix": "/internal" };
    const tricks = { "x-original-url": route.path, "x-rewrite-url": route.path, "x-http-method-override": "GET" };
    await expectProblem(await call(route, { ...claims, ...tricks }), 404, "route.not_found");
  });
});

it("operations of a service are on no port that the gateway knows", async () => {
  for (const path of ["/metrics", "/livez", "/readyz"]) {
    const answers = [
      await fetch(url + path),
      ...(await Promise.all(Object.values(serviceUrls).map((at) => fetch(at + path)))),
    ];
    for (const answer of answers) expect(answer.headers.get("content-type"), path).not.toMatch(/text\/plain/);
    for (const answer of answers.slice(1)) expect(answer.status).toBe(404);
  }
});
