import * as contract from "@tradepost/contracts/payment";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance } from "fastify";
import type { UseCases } from "../compose.ts";

export function paymentRoutes(app: FastifyInstance, useCases: UseCases): void {
  mountRoute(app, contract.createPayment, ({ params, body }) => useCases.createPayment(params.orderId, body));
  mountRoute(app, contract.getPayment, ({ params }) => useCases.getPayment(params.orderId));
  mountRoute(app, contract.listPayments, ({ query }) => useCases.listPayments(query));
  mountRoute(app, contract.reconcilePayments, ({ body }) => useCases.reconcilePayments(body));
  mountRoute(app, contract.stripeWebhook, async (_input, { rawBody, request }) => {
    await useCases.receiveWebhook(rawBody, request.headers["stripe-signature"]?.toString() ?? "");
    return { received: true };
  });
}
