import type { CollectionName, Store } from "../storage/store.ts";
import { invalidRequest } from "./errors.ts";

/** Fields that hold an id and can be expanded, with where the id leads. Null: expandable, but always null here. */
const expandable: Record<string, CollectionName | null> = {
  application: null,
  balance_transaction: "balance_transactions",
  charge: "charges",
  customer: "customers",
  failure_balance_transaction: "balance_transactions",
  latest_attempt: "setup_attempts",
  latest_charge: "charges",
  mandate: null,
  on_behalf_of: null,
  payment_intent: "payment_intents",
  payment_method: "payment_methods",
  default_payment_method: "payment_methods",
  review: null,
  setup_intent: "setup_intents",
  source: "charges",
};

type Plain = Record<string, unknown>;

/** Replaces ids by their objects along paths such as `data.latest_charge`. Throws for what cannot be expanded. */
export function expand(store: Store, answer: object, paths: string[]): object {
  return paths.reduce<object>((object, path) => expandPath(store, object, path.split("."), path), answer);
}

function expandPath(store: Store, value: unknown, [field, ...rest]: string[], path: string): object {
  if (Array.isArray(value)) return value.map((item) => expandPath(store, item, [field as string, ...rest], path));
  const object = value as Plain;
  if (field === undefined) return object;
  if (typeof value !== "object" || value === null || !(field in object)) throw cannotExpand(path);
  const child = object[field];
  if (child === null) return object;
  if (typeof child === "object") {
    // `expand[]=refunds` and the like name a list that is already whole.
    return rest.length === 0 ? object : { ...object, [field]: expandPath(store, child, rest, path) };
  }
  const collection = expandable[field];
  const found = collection && typeof child === "string" ? store.get(collection, child) : undefined;
  if (!found) throw cannotExpand(path);
  return { ...object, [field]: expandPath(store, found, rest, path) };
}

function cannotExpand(path: string) {
  return invalidRequest(`This property cannot be expanded (${path}).`, { param: "expand" });
}
