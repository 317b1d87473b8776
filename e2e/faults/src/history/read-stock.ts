import { MongoClient } from "mongodb";
import type { ReservationFact, StockFact } from "./facts.ts";

interface ReservationDocument extends Omit<ReservationFact, "orderId" | "pendingEventIds"> {
  _id: string;
  pendingEvents: { id: string }[];
}

/** What the product service's database says of stock. */
export async function readStock(url: string): Promise<{ stock: StockFact[]; reservations: ReservationFact[] }> {
  const client = new MongoClient(url, { appName: "history", serverSelectionTimeoutMS: 10_000 });
  try {
    const db = client.db();
    const [stock, reservations] = await Promise.all([
      db.collection<StockFact>("stock").find({}).toArray(),
      db.collection<ReservationDocument>("reservations").find({}).toArray(),
    ]);
    return {
      stock,
      reservations: reservations.map(({ _id, pendingEvents, ...rest }) => ({
        ...rest,
        orderId: _id,
        pendingEventIds: pendingEvents.map(({ id }) => id),
      })),
    };
  } finally {
    await client.close();
  }
}

/** Units on hand of each SKU over all locations: what a shop without orders starts from. */
export async function readInitialStock(mongoUrl: string): Promise<Record<string, number>> {
  const { stock } = await readStock(mongoUrl);
  const sums: Record<string, number> = {};
  for (const { sku, onHand } of stock) sums[sku] = (sums[sku] ?? 0) + onHand;
  return sums;
}
