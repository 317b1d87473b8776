import * as contract from "@tradepost/contracts/staff";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance } from "fastify";
import type { UseCases } from "../compose.ts";

/** What staff do with accounts, and what they did anywhere; the permissions are the contracts'. */
export function staffRoutes(app: FastifyInstance, useCases: UseCases): void {
  mountRoute(app, contract.listUsers, ({ query }) => useCases.listUsers(query));
  mountRoute(app, contract.setRoles, ({ params, body }, { action }) =>
    useCases.setRoles(action, params.userId, body.roles),
  );
  mountRoute(app, contract.staffRoutes.listAudit, ({ query }) => useCases.listAudit(query));
}
