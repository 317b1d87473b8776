import type { z } from "zod";

export type ServiceName = "product" | "user" | "cart" | "order" | "payment";
/** Who calls from inside: a service, or an operator's command (`operations`). */
export type CallerName = ServiceName | "operations";
export const PERMISSIONS = [
  "catalogue.write",
  "orders.read",
  "orders.write",
  "orders.ship",
  "stock.write",
  "audit.read",
  "users.read",
  "staff.write",
] as const;
/** What a member of staff may do; roles map to these in the user service. */
export type Permission = (typeof PERMISSIONS)[number];

/**
 * Who may call a route.
 * - `public`: anyone; the caller's identity is neither read nor needed.
 * - `visitor`: guests and shoppers; a token is checked when there is one, and a bad one is refused.
 * - `shopper`: a signed-in person.
 * - `staff`: a signed-in member of staff with the permission.
 * - `service`: only the named callers inside the mesh; never exposed by the gateway.
 * - `webhook`: a third party whose signature the route itself verifies over the raw body.
 */
export type Access =
  | "public"
  | "visitor"
  | "shopper"
  | "webhook"
  | { readonly staff: Permission }
  | { readonly service: readonly CallerName[] };

export const staff = (permission: Permission) => ({ staff: permission }) as const;
export const service = <const S extends readonly CallerName[]>(...names: S) => ({ service: names }) as const;

export interface RouteContract {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: `/${string}`;
  summary: string;
  access: Access;
  params?: z.ZodType;
  querystring?: z.ZodType;
  body?: z.ZodType;
  /** Optional request headers the route reads besides the standard ones, each with what it is for. */
  headers?: Readonly<Record<string, string>>;
  /** Fields of the body that hold long numbers by their nature, such as a parcel's: never taken for card numbers. */
  longNumbers?: readonly string[];
  /** An `Idempotency-Key` header is required: the same key and body give the same answer, once done. */
  idempotent?: true;
  /** A POST that may be sent again without a key: it only reads, or repeating it changes nothing. */
  repeatable?: true;
  /**
   * At most so many calls a minute from one address, counted apart from everything else: so slow must be whoever guesses
   * passwords and codes, or makes us send mail. On public routes and webhooks only, where nobody is identified first.
   */
  limitPerMinute?: number;
  /** 204 has no body. */
  success: { status: 200 | 201 | 202; body: z.ZodType } | { status: 204; body?: never };
  /** Every failure's body is a Problem; 400, 401, 403, 429, 500 and 503 may always occur and need not be named. */
  failures: readonly number[];
}

/** Declares a route. It is data: validation, client, OpenAPI, gateway exposure and mesh policy all read it. */
export const defineRoute = <const R extends RouteContract>(route: R): R => route;

type Part<R, K extends string, D extends "in" | "out"> = R extends { [P in K]: infer S extends z.ZodType }
  ? D extends "in"
    ? z.input<S>
    : z.output<S>
  : undefined;

/** What a handler is given, after validation. */
export type RouteInput<R extends RouteContract> = {
  params: Part<R, "params", "out">;
  query: Part<R, "querystring", "out">;
  body: Part<R, "body", "out">;
};
/** What a handler returns and a client receives; `undefined` for 204. */
export type RouteOutput<R extends RouteContract> = R["success"]["body"] extends z.ZodType
  ? z.output<R["success"]["body"]>
  : undefined;

type Defined<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] };
/** What a caller passes. */
export type CallInput<R extends RouteContract> = Defined<{
  params: Part<R, "params", "in">;
  query: Part<R, "querystring", "in">;
  body: Part<R, "body", "in">;
}> &
  (R extends { idempotent: true } ? { idempotencyKey: string } : unknown);

/** Whether the gateway exposes the route: everything but service-to-service calls. */
export const isExposed = (route: RouteContract): boolean =>
  typeof route.access === "string" || !("service" in route.access);
