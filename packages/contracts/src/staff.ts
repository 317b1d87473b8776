import { z } from "zod";
import { Email } from "./address.ts";
import { listAudit } from "./audit.ts";
import { Id } from "./ids.ts";
import { defineRoute, staff } from "./route.ts";
import { User } from "./user.ts";

export const ROLES = ["admin", "catalogue_manager", "support", "warehouse", "auditor"] as const;
/** What a member of staff is; what that permits is the user service's. */
export const Role = z.enum(ROLES);
export type Role = z.output<typeof Role>;

export const listUsers = defineRoute({
  method: "GET",
  path: "/v1/admin/users",
  summary: "The accounts of an e-mail address, the one that has proved it first",
  access: staff("users.read"),
  querystring: z.object({ email: Email }),
  success: { status: 200, body: z.object({ items: z.array(User) }) },
  failures: [],
});

export const setRoles = defineRoute({
  method: "PUT",
  path: "/v1/admin/users/:userId/roles",
  summary: "Make somebody a member of staff, or no longer; nobody changes their own roles, and one admin always stays",
  access: staff("staff.write"),
  params: z.object({ userId: Id }),
  body: z.object({ roles: z.array(Role).max(ROLES.length) }),
  success: { status: 200, body: User },
  failures: [404, 409],
});

export const staffRoutes = { listUsers, setRoles, listAudit };
