import * as contract from "@tradepost/contracts/cart";
import { chooseLocale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { Identity } from "@tradepost/service-runtime/identity";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { UseCases } from "../compose.ts";
import type { Visitor } from "../use-cases/get-cart.ts";

const COOKIE_DAYS = 30;

export function cartRoutes(
  app: FastifyInstance,
  useCases: UseCases,
  { secureCookies }: { secureCookies: boolean },
): void {
  const cookie = (value: string, maxAgeSeconds: number) =>
    `cart=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secureCookies ? "; Secure" : ""}`;

  /** A guest is told the cart's id by the first write; a shopper's cart has taken the guest's in, so that is forgotten. */
  const rememberCart = (cart: contract.Cart, { userId, guestCartId }: Visitor, reply: FastifyReply): contract.Cart => {
    if (userId !== null && guestCartId !== undefined) reply.header("set-cookie", cookie("", 0));
    if (userId === null && cart.id !== null && cart.id !== guestCartId)
      reply.header("x-cart-id", cart.id).header("set-cookie", cookie(cart.id, COOKIE_DAYS * 86_400));
    return cart;
  };

  mountRoute(app, contract.getCart, async ({ query }, { identity, request, reply }) => {
    const visitor = visitorOf(identity, request);
    return rememberCart(await useCases.getCart(visitor, marketOf(query.currency, request)), visitor, reply);
  });
  mountRoute(app, contract.clearCart, async (_input, { identity, request }) => {
    await useCases.clearCart(visitorOf(identity, request));
    return undefined;
  });
  mountRoute(app, contract.setCartLine, async ({ params, query, body }, { identity, request, reply }) => {
    const visitor = visitorOf(identity, request);
    const market = marketOf(query.currency, request);
    return rememberCart(await useCases.setCartLine(visitor, params.sku, body.quantity, market), visitor, reply);
  });
  mountRoute(app, contract.removeCartLine, ({ params, query }, { identity, request }) =>
    useCases.setCartLine(visitorOf(identity, request), params.sku, 0, marketOf(query.currency, request)),
  );
  mountRoute(app, contract.resolveCart, ({ body }) =>
    useCases.resolveCart({ userId: body.userId ?? null, guestCartId: body.guestCartId }),
  );
  mountRoute(app, contract.exportCart, ({ params }) => useCases.exportCart(params.userId));
}

const visitorOf = (identity: Identity, { headers }: FastifyRequest): Visitor => ({
  userId: identity.kind === "shopper" ? identity.userId : null,
  guestCartId: contract.guestCartIdFrom(headers),
});

const marketOf = (currency: Currency, { headers }: FastifyRequest) => ({
  currency,
  locale: chooseLocale(headers["accept-language"]),
});
