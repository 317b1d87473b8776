import type { z } from "zod";
import type { Tx } from "../storage/transaction.ts";
import { readParams } from "./params.ts";

/** What a handler gets beside the transaction. */
export type Call<Params> = {
  params: Params;
  /** The id in the path, or the empty string. */
  id: string;
  /** True when a browser calls with a publishable key. */
  publishable: boolean;
};

type Handler<Params> = (tx: Tx, call: Call<Params>) => object;

export type StripeRoute = {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** `any`: a publishable key will do, with the client secret where there is an intent. */
  keys: "secret" | "any";
  /** Checks the parameters, or throws; the result is the work itself. */
  prepare(raw: unknown, call: Omit<Call<unknown>, "params">): (tx: Tx) => object;
};

/** A route of Stripe's API as data. Handlers are synchronous: each is one transaction on the store. */
export function stripeRoute<P extends z.ZodType>(
  signature: `${StripeRoute["method"]} /v1/${string}`,
  params: P,
  handle: Handler<z.infer<P>>,
  keys: StripeRoute["keys"] = "secret",
): StripeRoute {
  const [method, path] = signature.split(" ") as [StripeRoute["method"], string];
  return {
    method,
    path,
    keys,
    prepare: (raw, call) => {
      const parsed = readParams(params, raw);
      return (tx) => handle(tx, { ...call, params: parsed });
    },
  };
}
