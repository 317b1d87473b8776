import { randomInt, randomUUID } from "node:crypto";
import { routesByService } from "@tradepost/contracts/catalog";
import { isExposed, type RouteContract, type ServiceName } from "@tradepost/contracts/route";
import { registerUser } from "@tradepost/contracts/user";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { type Sample, sampleOf } from "../contract-samples.ts";
import { newVisitor, type Visitor } from "../visitor.ts";
import type { Canaries } from "./canaries.ts";
import type { WatchedShop } from "./watched-shop.ts";

type Call = { path: string; headers: Record<string, string>; body: string | undefined };

/** Calls every route of every contract in all the ways below; resolves to the calls by the status they met. */
export async function callEveryRoute(shop: WatchedShop, canaries: Canaries): Promise<Map<number, string[]>> {
  const statuses = new Map<number, string[]>();
  const routes = Object.entries(routesByService).flatMap(([service, routes]) =>
    Object.values(routes).map((route) => ({ service: service as ServiceName, route })),
  );
  for (const { service, route } of routes) {
    const shopper = await newShopper(shop, canaries);
    for (const call of callsOf(route, canaries)) {
      const status = await send(shop, service, route, shopper, call, canaries);
      statuses.set(status, [...(statuses.get(status) ?? []), `${route.method} ${call.path}`]);
    }
  }
  return statuses;
}

/** A shopper whose name and address are canaries, and whose secrets become some. */
export async function newShopper({ stack }: WatchedShop, canaries: Canaries): Promise<Visitor> {
  const shopper = newVisitor(stack.url);
  const email = `zora.${canaries.mark}.${randomUUID().slice(0, 8)}@leak.example`;
  const { token } = await shopper.call(registerUser, {
    body: { email, password: canaries.password, name: canaries.name },
  });
  canaries.issued.add(signatureOf(token));
  for (const value of shopper.cookies.values()) canaries.issued.add(signatureOf(value));
  return shopper;
}

/** Of a token its signature: header and payload stand in every one. */
const signatureOf = (token: string): string => token.split(".").at(-1) ?? token;

/** What reads comes before what ends sessions: the call that may succeed is the last. */
function callsOf(route: RouteContract, canaries: Canaries): Call[] {
  const valid = sampleOf(route, canaries);
  const { mark, text: word, email, token, card } = canaries;
  const json = { "content-type": "application/json" };
  const make = (changes: Partial<Sample>, headers: Record<string, string> = {}, body?: string): Call => {
    const sample = { ...valid, ...changes };
    const text = body ?? (sample.body === undefined ? undefined : JSON.stringify(sample.body));
    const sent = route.method === "GET" ? undefined : text;
    return { path: pathOf(route, sample), headers: sent === undefined ? headers : { ...json, ...headers }, body: sent };
  };
  const everywhere = { params: textEverywhere(valid.params, word) as Record<string, string> };
  return [
    make({}, { authorization: `Bearer ${token}` }),
    make({}, { cookie: `session=${token}; device=${token}; other=${mark}` }),
    make({}, { "x-service-token": token, "x-order-token": token, "x-cart-id": mark, "x-device-key": token }),
    make({ ...everywhere, query: { [mark]: email }, body: { [mark]: word } }),
    make({
      query: textEverywhere(valid.query, word) as Record<string, unknown>,
      body: textEverywhere(valid.body, word),
    }),
    make({ body: { note: card } }),
    make({ query: { q: card } }),
    make({}, {}, `{"broken": "${email} ${mark}`),
    make({}, { "content-type": `text/plain; note=${mark}` }, email),
    make({}, { "stripe-signature": `t=1,v1=${mark}`, "x-request-id": mark }),
    make({}),
  ];
}

const pathOf = ({ path }: RouteContract, { params, query }: Sample): string => {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? "none")));
  const pairs = Object.entries(query).flatMap(([key, value]) => [value].flat().map((each) => [key, String(each)]));
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs)}`;
};

function textEverywhere(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((item) => textEverywhere(item, text));
  if (value === null || typeof value !== "object") return value === undefined ? undefined : text;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, textEverywhere(inner, text)]));
}

async function send(
  { stack, secrets }: WatchedShop,
  service: ServiceName,
  route: RouteContract,
  shopper: Visitor,
  call: Call,
  canaries: Canaries,
): Promise<number> {
  const init = {
    method: route.method,
    ...(call.body === undefined ? {} : { body: call.body }),
    headers: {
      "user-agent": `Mozilla ${canaries.mark}`,
      referer: `https://shop.example/?email=${canaries.email}`,
      "accept-language": canaries.mark,
      "idempotency-key": `${canaries.mark}-${randomUUID()}`,
      ...call.headers,
    },
  };
  if (!isExposed(route)) {
    const { access } = route;
    const [caller = "order"] = typeof access === "object" && "service" in access ? access.service : [];
    const token = createServiceTokens({ name: caller as ServiceName, key: secrets.internalTokenKey }).header();
    const headers = { "x-service-token": token, ...init.headers };
    return (await fetch(stack.serviceUrls[service] + call.path, { ...init, headers })).status;
  }
  if (
    route.limitPerMinute === undefined &&
    call.headers.cookie === undefined &&
    call.headers.authorization === undefined
  )
    return (await shopper.fetch(call.path, init)).status;
  const headers = { ...init.headers, "x-forwarded-for": `198.19.${randomInt(256)}.${randomInt(1, 255)}` };
  return (await fetch(stack.url + call.path, { ...init, headers, redirect: "manual" })).status;
}
