import { findAddresses } from "@tradepost/local-stack/run-file";
import { keptSecrets } from "@tradepost/local-stack/secrets";
import { readVariable } from "@tradepost/service-runtime/config";
import { UsageError } from "./usage-error.ts";

/** What a command needs to know of the shop; the names are those of the services' variables. */
export type ShopVariable =
  | "RABBITMQ_URL"
  | "PAYMENT_SERVICE_URL"
  | "ORDER_SERVICE_URL"
  | "PRODUCT_SERVICE_URL"
  | "INTERNAL_TOKEN_KEY";

/**
 * The variables of a shop: from the environment or, when none of them is there, from the shop that runs on this machine
 * with its data in `dataDir`. Never some from here and some from there. Throws UsageError that names what is missing.
 */
export function findShop<V extends ShopVariable>(
  names: readonly V[],
  dataDir: string,
  env: NodeJS.ProcessEnv = process.env,
): Record<V, string> {
  const given = new Map(names.map((name) => [name, read(name, env)]));
  const missing = names.filter((name) => given.get(name) === undefined);
  if (missing.length === 0) return Object.fromEntries(given) as Record<V, string>;
  const local = missing.length === names.length ? localShop(dataDir) : undefined;
  if (!local) throw new UsageError(`Set ${missing.join(", ")}, or start a shop here: npm start.`);
  return Object.fromEntries(names.map((name) => [name, local[name]])) as Record<V, string>;
}

function read(name: ShopVariable, env: NodeJS.ProcessEnv): string | undefined {
  let value: string | undefined;
  try {
    value = readVariable(name, env);
  } catch {
    throw new UsageError(`The file that ${name}_FILE names cannot be read.`);
  }
  if (value !== undefined && name !== "INTERNAL_TOKEN_KEY") assertUrl(name, value);
  return value;
}

/** The value itself is not shown: it may hold a password. */
export function assertUrl(name: string, value: string): void {
  if (!URL.canParse(value)) throw new UsageError(`${name} is no URL.`);
}

function localShop(dataDir: string): Record<ShopVariable, string> | undefined {
  const addresses = findAddresses(dataDir);
  if (!addresses) return undefined;
  const { payment, order, product } = addresses.serviceUrls;
  return {
    RABBITMQ_URL: addresses.rabbitUrl,
    PAYMENT_SERVICE_URL: payment,
    ORDER_SERVICE_URL: order,
    PRODUCT_SERVICE_URL: product,
    INTERNAL_TOKEN_KEY: keptSecrets(dataDir).internalTokenKey,
  };
}
