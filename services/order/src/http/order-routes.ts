import { guestCartIdFrom } from "@tradepost/contracts/cart";
import { chooseLocale } from "@tradepost/contracts/market";
import * as contract from "@tradepost/contracts/order";
import type { Identity } from "@tradepost/service-runtime/identity";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { UseCases } from "../compose.ts";
import type { Caller } from "../domain/caller.ts";
import type { OrderReader } from "../use-cases/get-order.ts";

export function orderRoutes(app: FastifyInstance, useCases: UseCases): void {
  mountRoute(app, contract.createQuote, async ({ body, query }, { identity, request }) => {
    const { quote } = await useCases.createQuote(callerOf(identity, request), {
      currency: query.currency,
      country: body.shippingAddress?.country,
      shippingOptionId: body.shippingOptionId,
      promotionCodes: body.promotionCodes,
    });
    return quote;
  });
  mountRoute(app, contract.placeOrder, ({ body }, { identity, request, idempotencyKey }) =>
    useCases.placeOrder(callerOf(identity, request), idempotencyKey, body),
  );
  mountRoute(app, contract.listOrders, ({ query }, { identity }) => useCases.listOrders(identity.userId, query));
  mountRoute(app, contract.getOrder, ({ params }, { identity, request }) =>
    useCases.getOrder(readerOf(identity, request), params.orderId),
  );
  mountRoute(app, contract.getOrderPayment, ({ params }, { identity, request }) =>
    useCases.getOrderPayment(readerOf(identity, request), params.orderId),
  );
  mountRoute(app, contract.cancelOrder, ({ params }, { identity, request, idempotencyKey }) =>
    useCases.cancelOrder(readerOf(identity, request), idempotencyKey, params.orderId),
  );
  mountRoute(app, contract.getOrderState, ({ params }) => useCases.getOrderState(params.orderId));
  mountRoute(app, contract.exportOrders, ({ params, query }) => useCases.exportOrders(params.userId, query));
  mountRoute(app, contract.listOrderStates, ({ query }) => useCases.listOrderStates(query));
  mountRoute(app, contract.reconcileOrders, ({ body }) => useCases.reconcileOrders(body));
}

const userIdOf = (identity: Identity): string | null => (identity.kind === "shopper" ? identity.userId : null);

const callerOf = (identity: Identity, { headers }: FastifyRequest): Caller => ({
  userId: userIdOf(identity),
  guestCartId: guestCartIdFrom(headers),
  locale: chooseLocale(headers["accept-language"]),
});

const readerOf = (identity: Identity, { headers }: FastifyRequest): OrderReader => ({
  userId: userIdOf(identity),
  orderToken: headers["x-order-token"]?.toString(),
});
