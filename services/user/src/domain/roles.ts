import { PERMISSIONS, type Permission } from "@tradepost/contracts/route";

/** What each role of the staff may do. A shopper has no role. */
const ROLES: Record<string, readonly Permission[]> = {
  admin: PERMISSIONS,
  catalogue: ["catalogue.write", "stock.write"],
  support: ["orders.read", "orders.write", "users.read"],
  auditor: ["audit.read", "orders.read", "users.read"],
};

export const permissionsOf = (roles: readonly string[]): Permission[] => [
  ...new Set(roles.flatMap((role) => ROLES[role] ?? [])),
];
