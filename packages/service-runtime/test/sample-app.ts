import { defineRoute, service, staff } from "@tradepost/contracts/route";
import { z } from "zod";
import { AppError } from "../src/app-error.ts";
import type { Identify, Shopper } from "../src/identity.ts";
import { createLogger } from "../src/logger.ts";
import { mountRoute } from "../src/mount-route.ts";
import { preSerialised } from "../src/pre-serialised.ts";
import { createServiceApp, type ServiceAppOptions } from "../src/service-app.ts";
import { createServiceTokens } from "../src/service-token.ts";

const Item = z.object({ id: z.string(), note: z.string().optional() });

export const readItem = defineRoute({
  method: "GET",
  path: "/v1/items/:id",
  summary: "Read an item",
  access: "public",
  params: z.object({ id: z.string().max(100) }),
  querystring: z.object({ tag: z.array(z.string()).default([]), limit: z.coerce.number().int().optional() }),
  success: { status: 200, body: Item.extend({ tags: z.array(z.string()) }) },
  failures: [404],
});
export const writeItem = defineRoute({
  method: "POST",
  path: "/v1/items",
  summary: "Write an item",
  access: "public",
  body: z.object({
    name: z.string().optional(),
    note: z.string().max(100).optional(),
    count: z.number().optional(),
    nested: z.unknown().optional(),
    lines: z.array(z.object({ sku: z.string() })).optional(),
  }),
  success: { status: 201, body: z.object({ name: z.string().optional() }) },
  failures: [409],
});
export const payItem = defineRoute({
  method: "POST",
  path: "/v1/items/:id/payments",
  summary: "Pay for an item",
  access: "public",
  idempotent: true,
  params: z.object({ id: z.string() }),
  success: { status: 204 },
  failures: [409],
});
export const cachedPage = defineRoute({
  method: "GET",
  path: "/v1/page",
  summary: "A cached page",
  access: "public",
  success: { status: 200, body: z.object({ a: z.int() }) },
  failures: [],
});
export const whoAmI = defineRoute({
  method: "GET",
  path: "/v1/whoami",
  summary: "Who is calling",
  access: "visitor",
  success: { status: 200, body: z.object({ kind: z.string() }) },
  failures: [],
});
export const myThings = defineRoute({ ...whoAmI, path: "/v1/mine", access: "shopper" });
export const staffThings = defineRoute({ ...whoAmI, path: "/v1/staff", access: staff("orders.read") });
export const staffWrite = defineRoute({
  method: "POST",
  path: "/v1/staff/:id",
  summary: "Change a thing",
  access: staff("orders.read"),
  params: z.object({ id: z.string() }),
  success: { status: 204 },
  failures: [],
});
export const internalThings = defineRoute({ ...whoAmI, path: "/internal/things", access: service("order") });
export const hook = defineRoute({
  method: "POST",
  path: "/v1/webhooks/third",
  summary: "A third party's events",
  access: "webhook",
  success: { status: 200, body: z.object({ length: z.int(), isBuffer: z.boolean() }) },
  failures: [],
});

export const INTERNAL_KEY = "an-internal-key-of-thirty-two-bytes!";
export const shopper = (changes: Partial<Shopper> = {}): Shopper => ({
  kind: "shopper",
  userId: "u1",
  sessionId: "s1",
  roles: [],
  permissions: [],
  ...changes,
});

/** Identity by a plain header, to test what routes do with identities apart from how they come about. */
const identifyByHeader: Identify = async (request) => {
  const as = request.headers["x-as"];
  if (as === "shopper") return shopper();
  if (as === "staff") return shopper({ permissions: ["orders.read"] });
  if (as === "bad") throw new AppError(401, "token.invalid", "The token is not valid");
  return { kind: "guest" };
};

/** An app with one route of each kind; `lines` collects its log. */
export function sampleApp(options: Partial<ServiceAppOptions> = {}) {
  const lines: string[] = [];
  const app = createServiceApp({
    name: "product",
    logger: createLogger({ service: "product", stream: { write: (line) => void lines.push(line) } }),
    identify: identifyByHeader,
    serviceTokens: createServiceTokens({ name: "product", key: INTERNAL_KEY }),
    ...options,
  });
  const page = preSerialised(Buffer.from('{"a":1}'), '"tag-1"');
  mountRoute(app, readItem, async ({ params, query }) => {
    if (params.id === "missing") throw new AppError(404, "item.not_found", "There is no such item");
    if (params.id === "broken") throw new Error("password=hunter2 at db.internal:5432");
    return { id: params.id, tags: query.tag, secret: "never leaves" };
  });
  mountRoute(app, writeItem, async ({ body }) => {
    if (body.name === "conflict") {
      throw new AppError(409, "stock.insufficient", "Not enough in stock", {
        detail: "Lower the quantity.",
        extra: { lines: [{ sku: "MUG", available: 2 }], status: 200 },
      });
    }
    return body.name === undefined ? {} : { name: body.name };
  });
  mountRoute(app, payItem, async (_, { idempotencyKey }) => {
    if (idempotencyKey === "known-key") throw new AppError(409, "idempotency.mismatch", "Another body came first");
  });
  mountRoute(app, cachedPage, () => page, { cacheControl: "public, max-age=5" });
  mountRoute(app, whoAmI, (_, { identity }) => ({ kind: identity.kind }));
  mountRoute(app, myThings, (_, { identity }) => ({ kind: identity.userId }));
  mountRoute(app, staffThings, (_, { identity }) => ({ kind: identity.userId }));
  mountRoute(app, internalThings, (_, { caller }) => ({ kind: caller }));
  mountRoute(app, hook, (_, { rawBody }) => ({ length: rawBody.length, isBuffer: Buffer.isBuffer(rawBody) }));
  return { app, lines };
}
