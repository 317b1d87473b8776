import type { ServiceName } from "@tradepost/contracts/route";

/** One protection, switched off by changing a piece of a service's source while it is loaded. */
export interface Mutation {
  /** What no longer protects. */
  protection: string;
  /** The service that is run so. */
  service: ServiceName;
  /** Relative to the repository. */
  file: string;
  /** Must be there exactly once. */
  find: string;
  replace: string;
}

/** The protections that the suite must miss when they are gone; see docs/reliability.md. */
export const MUTATIONS = {
  inbox: {
    protection: "a consumer claims each event before it applies it",
    service: "order",
    file: "packages/postgres/src/inbox.ts",
    find: 'if (claim.rowCount === 0) return "duplicate";',
    replace: "",
  },
  "idempotency-claim": {
    protection: "a request claims its Idempotency-Key before it does anything",
    service: "order",
    file: "services/order/src/storage/idempotency-repository.ts",
    find: "  const taken = await sql.query",
    replace:
      '  if (claim) return { kind: "claimed", resourceId: claim.resourceId, lock: "" };\n  const taken = await sql.query',
  },
  "hold-condition": {
    protection: "a hold takes only what is available",
    service: "product",
    file: "services/product/src/storage/stock-store.ts",
    find: '          available: { $gte: quantity },\n          "holds.orderId": { $ne: orderId },',
    replace: '          "holds.orderId": { $ne: orderId },',
  },
  "late-capture-refund": {
    protection: "money that comes for an order that is over goes back",
    service: "order",
    file: "services/order/src/domain/order.ts",
    find: 'if (isOver(order.status)) return { kind: "refund", reason: "captured_after_cancellation" };',
    replace: 'if (isOver(order.status)) return { kind: "already" };',
  },
  ledger: {
    protection: "a message is written down before it is sent",
    service: "order",
    file: "services/order/src/storage/notification-ledger.ts",
    find: 'if (inserted.rowCount === 1) return "new";',
    replace: 'if (inserted) return "new";',
  },
} as const satisfies Record<string, Mutation>;

export type MutationName = keyof typeof MUTATIONS;

/** The changed source. Throws when the piece is not there exactly once: then the mutation would show nothing. */
export function mutate(source: string, { file, find, replace }: Mutation): string {
  const pieces = source.split(find);
  const [before = "", after = ""] = pieces;
  if (pieces.length === 2) return before + replace + after;
  throw new Error(`${file} has ${pieces.length - 1} times what a mutation replaces, not once: ${find}`);
}
