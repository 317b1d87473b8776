import { chooseLocale, MarketQuery } from "@tradepost/contracts/market";
import type { RouteContract, RouteInput, RouteOutput } from "@tradepost/contracts/route";
import { mountRoute, type RouteHandler } from "@tradepost/service-runtime/mount-route";
import { responseSerialiser } from "@tradepost/service-runtime/response-serialiser";
import type { FastifyInstance } from "fastify";
import type { Market } from "../domain/summary.ts";
import type { Answers } from "./answers.ts";
import type { WarmAnswers } from "./warm-answers.ts";

export interface Caching {
  answers: Answers;
  warm: WarmAnswers;
  /** Changes with the data that answers are made of. */
  version: () => string;
}

export interface CachedRouteOptions<R extends RouteContract> {
  /** For browsers and the edge. */
  maxAgeSeconds: number;
  /** Whether other replicas may use the answer: where making it costs more than asking Redis. */
  isShared?: (input: RouteInput<R>) => boolean;
}

const defaultMarket = MarketQuery.parse({});

/** Serves a public GET route from answers that are made once per input, market and version of the data. */
export function mountCachedRoute<R extends RouteContract>(
  app: FastifyInstance,
  { answers, warm, version }: Caching,
  route: R,
  make: (input: RouteInput<R>, market: Market) => RouteOutput<R> | Promise<RouteOutput<R>>,
  { maxAgeSeconds, isShared = () => false }: CachedRouteOptions<R>,
): void {
  const { body } = route.success;
  if (!body) throw new Error(`${route.path} has no body to cache`);
  let serialise: ((output: unknown) => string) | undefined;
  const cacheControl = `public, max-age=${maxAgeSeconds}`;

  const handle: RouteHandler<RouteContract> = async (given, { request, reply }) => {
    const input = given as RouteInput<R>;
    const locale = chooseLocale(request.headers["accept-language"]);
    reply.header("vary", "Accept-Language").header("content-language", locale);
    const { currency } = { ...defaultMarket, ...(input.query as Partial<Market> | undefined) };
    const at = version();
    const answer = await answers({
      key: `${route.path} ${locale} ${JSON.stringify([input.params, input.query])}`,
      make: () => make(input, { locale, currency }),
      serialise: (output) => {
        serialise ??= responseSerialiser(body);
        return serialise(output);
      },
      isShared: isShared(input),
    });
    warm.keep(request, locale, cacheControl, at, answer);
    return answer;
  };
  mountRoute(app, route as RouteContract, handle, { cacheControl });
}
