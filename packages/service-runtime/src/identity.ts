import type { Access, Permission } from "@tradepost/contracts/route";
import type { FastifyRequest } from "fastify";
import { AppError } from "./app-error.ts";

export interface Guest {
  readonly kind: "guest";
}
export interface Shopper {
  readonly kind: "shopper";
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly permissions: readonly Permission[];
}
export type Identity = Guest | Shopper;

/** Who a route's handler may meet. */
export type IdentityFor<A extends Access> = A extends "shopper" | { readonly staff: Permission }
  ? Shopper
  : A extends "visitor"
    ? Identity
    : Guest;

/** Tells who sent a request: a guest when there is no token. Throws AppError 401, 403 or 503 for one that cannot be trusted. */
export type Identify = (request: FastifyRequest) => Promise<Identity>;

export const GUEST: Guest = { kind: "guest" };

/** Throws AppError 401 when a route needs a signed-in person and 403 when that person lacks the permission. */
export function authorise(identity: Identity, access: Access): void {
  if (access === "public" || access === "visitor" || access === "webhook") return;
  if (identity.kind === "guest") {
    throw new AppError(401, "token.missing", "Sign in first", { headers: { "www-authenticate": "Bearer" } });
  }
  if (typeof access === "object" && "staff" in access && !identity.permissions.includes(access.staff)) {
    throw new AppError(403, "permission.missing", "You may not do this");
  }
}
