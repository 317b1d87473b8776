import type { StockLine } from "@tradepost/contracts/product";

export interface StoredCart {
  id: string;
  /** Tells a cart from a later one of the same id. */
  born: string;
  /** Counts its changes. */
  seq: number;
  lines: StockLine[];
  /** The shopper whose cart a guest's has joined. */
  joinedTo?: string;
  /** The `seq` up to which that shopper's cart has followed; undefined before its first time. */
  carried?: number;
}

/** Reads a cart's hash, given as field, value, …; null where there is none. */
export function toCart(pairs: readonly string[]): StoredCart | null {
  const fields = new Map<string, string>();
  for (let i = 0; i < pairs.length; i += 2) fields.set(pairs[i] ?? "", pairs[i + 1] ?? "");
  const id = fields.get("id");
  if (id === undefined) return null;
  const joinedTo = fields.get("joined-to");
  const carried = fields.get("carried");
  return {
    id,
    born: fields.get("born") ?? "",
    seq: Number(fields.get("seq") ?? 0),
    lines: linesOf(fields),
    ...(joinedTo === undefined ? {} : { joinedTo }),
    ...(carried === undefined ? {} : { carried: Number(carried) }),
  };
}

/** In the order in which they were put in. */
function linesOf(fields: ReadonlyMap<string, string>): StockLine[] {
  const lines: (StockLine & { seq: number })[] = [];
  for (const [field, value] of fields) {
    if (!field.startsWith("line:")) continue;
    const [quantity = 0, seq = 0] = value.split(":").map(Number);
    lines.push({ sku: field.slice(5), quantity, seq });
  }
  return lines.sort((a, b) => a.seq - b.seq).map(({ sku, quantity }) => ({ sku, quantity }));
}
