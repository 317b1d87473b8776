import * as contract from "@tradepost/contracts/order";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance } from "fastify";
import type { UseCases } from "../compose.ts";

/** What staff do with orders; the permission is the contract's. */
export function staffOrderRoutes(app: FastifyInstance, useCases: UseCases): void {
  mountRoute(app, contract.getStaffOrder, ({ params }) => useCases.getStaffOrder(params.orderId));
  mountRoute(app, contract.shipOrder, ({ params, body }, { action, idempotencyKey }) =>
    useCases.shipOrder(action, idempotencyKey, params.orderId, body),
  );
  mountRoute(app, contract.recordDelivery, ({ params }, { action, idempotencyKey }) =>
    useCases.recordDelivery(action, idempotencyKey, params.orderId),
  );
  mountRoute(app, contract.refundOrder, ({ params, body }, { action, idempotencyKey }) =>
    useCases.refundOrder(action, idempotencyKey, params.orderId, body),
  );
}
