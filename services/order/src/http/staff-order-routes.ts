import * as contract from "@tradepost/contracts/order";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance } from "fastify";
import type { UseCases } from "../compose.ts";

/** What staff do with orders; the permission is the contract's. */
export function staffOrderRoutes(app: FastifyInstance, useCases: UseCases): void {
  mountRoute(app, contract.getStaffOrder, ({ params }) => useCases.getStaffOrder(params.orderId));
  mountRoute(app, contract.shipOrder, ({ params, body }, { identity, idempotencyKey }) =>
    useCases.shipOrder(identity.userId, idempotencyKey, params.orderId, body),
  );
  mountRoute(app, contract.recordDelivery, ({ params }, { identity, idempotencyKey }) =>
    useCases.recordDelivery(identity.userId, idempotencyKey, params.orderId),
  );
  mountRoute(app, contract.refundOrder, ({ params, body }, { identity, idempotencyKey }) =>
    useCases.refundOrder(identity.userId, idempotencyKey, params.orderId, body),
  );
}
