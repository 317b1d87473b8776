import { PERMISSIONS, type Permission } from "@tradepost/contracts/route";
import type { Role } from "@tradepost/contracts/staff";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { User } from "./user.ts";

/** What each role of the staff may do. A shopper has no role. */
const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  admin: PERMISSIONS,
  catalogue_manager: ["catalogue.write", "stock.write"],
  support: ["orders.read", "orders.write", "users.read"],
  warehouse: ["orders.read", "orders.ship"],
  auditor: ["audit.read", "orders.read", "users.read"],
};

/** A name that is no role (any more) permits nothing. */
export const permissionsOf = (roles: readonly string[]): Permission[] => [
  ...new Set(roles.flatMap((role) => (Object.hasOwn(ROLE_PERMISSIONS, role) ? ROLE_PERMISSIONS[role as Role] : []))),
];

/**
 * What a session may do: what its owner's roles permit, and nothing of it unless the session has shown a second factor.
 * This is the one place where that is decided; whoever signs people in sets `secondFactorAt`.
 */
export const sessionPermissions = (roles: readonly string[], { secondFactorAt }: { secondFactorAt: Date | null }) =>
  secondFactorAt === null ? [] : permissionsOf(roles);

/**
 * Whether somebody's roles may become these. Throws 409 `roles.own` for one's own, `roles.unverified` for an account
 * that anybody may have made in another's name, and `roles.last_admin`.
 */
export function assertRolesMayChange(
  target: Pick<User, "id" | "verifiedAt">,
  roles: readonly string[],
  { actorId, adminIds }: { actorId: string | null; adminIds: readonly string[] },
): void {
  if (target.id === actorId) throw new AppError(409, "roles.own", "Nobody changes their own roles");
  if (roles.length > 0 && target.verifiedAt === null)
    throw new AppError(409, "roles.unverified", "This account has not proved its e-mail address");
  if (!roles.includes("admin")) assertAdminStays(target.id, adminIds);
}

/** Throws 409 `roles.last_admin` when nobody else could make anybody staff. */
export function assertAdminStays(leavingId: string, adminIds: readonly string[]): void {
  if (adminIds.includes(leavingId) && adminIds.length === 1)
    throw new AppError(409, "roles.last_admin", "The last admin stays one");
}
