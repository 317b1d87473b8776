import { chooseLocale } from "@tradepost/contracts/market";
import * as contract from "@tradepost/contracts/product";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import { responseSerialiser } from "@tradepost/service-runtime/response-serialiser";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { UseCases } from "../compose.ts";
import type { Market } from "../domain/summary.ts";
import type { Answers } from "./answers.ts";

/** Availability may be two seconds old: one here, one in the view that answers come from. */
const FRESH = { cacheControl: "public, max-age=1" };

export function productRoutes(app: FastifyInstance, useCases: UseCases, answers: Answers): void {
  const serialise = {
    categories: responseSerialiser(contract.listCategories.success.body),
    list: responseSerialiser(contract.listProducts.success.body),
    product: responseSerialiser(contract.getProduct.success.body),
    suggestions: responseSerialiser(contract.suggest.success.body),
  };

  mountRoute(
    app,
    contract.listCategories,
    (_input, { request, reply }) => {
      const locale = localise(request, reply);
      return answers({
        key: `categories ${locale}`,
        make: () => useCases.listCategories({ locale }),
        serialise: serialise.categories,
        isShared: false,
      });
    },
    { cacheControl: "public, max-age=30" },
  );

  mountRoute(
    app,
    contract.listProducts,
    ({ query }, { request, reply }) => {
      const market = marketOf(request, reply, query);
      return answers({
        key: `list ${market.locale} ${JSON.stringify(query)}`,
        make: () => useCases.listProducts(query, market),
        serialise: serialise.list,
        isShared: query.q !== undefined,
      });
    },
    FRESH,
  );

  mountRoute(
    app,
    contract.getProduct,
    ({ params, query }, { request, reply }) => {
      const market = marketOf(request, reply, query);
      return answers({
        key: `product ${market.locale} ${market.currency} ${params.slug}`,
        make: () => useCases.getProduct(params.slug, market),
        serialise: serialise.product,
        isShared: false,
      });
    },
    FRESH,
  );

  mountRoute(
    app,
    contract.suggest,
    ({ query }, { request, reply }) => {
      const market = marketOf(request, reply, query);
      return answers({
        key: `suggest ${market.locale} ${market.currency} ${query.q}`,
        make: () => useCases.suggest(query.q, market),
        serialise: serialise.suggestions,
        isShared: false,
      });
    },
    FRESH,
  );
}

/** What only other services may ask. */
export function internalRoutes(app: FastifyInstance, useCases: UseCases): void {
  mountRoute(app, contract.lookUpVariants, ({ body }) => useCases.lookUpVariants(body.skus, body));
  mountRoute(app, contract.holdStock, ({ params, body }) =>
    useCases.holdStock(params.orderId, body.lines, new Date(body.until)),
  );
}

function localise(request: FastifyRequest, reply: FastifyReply): Market["locale"] {
  const locale = chooseLocale(request.headers["accept-language"]);
  reply.header("vary", "Accept-Language").header("content-language", locale);
  return locale;
}

const marketOf = (request: FastifyRequest, reply: FastifyReply, { currency }: Pick<Market, "currency">): Market => ({
  locale: localise(request, reply),
  currency,
});
