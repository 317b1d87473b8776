import type { Envelope } from "@tradepost/contracts/event";
import type { ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { type Collection, type Db, MongoClient } from "mongodb";
import type { CatalogueCategory, CatalogueProduct } from "../domain/catalogue.ts";
import type { Reservation } from "../domain/reservation.ts";

/** `hash` is of the content as it was imported: what has not changed is not written again. */
export type ProductDocument = Omit<CatalogueProduct, "id"> & { _id: string; hash: string };
export type CategoryDocument = Omit<CatalogueCategory, "id"> & { _id: string; hash: string };

export interface Hold {
  orderId: string;
  quantity: number;
  until: Date;
}

interface Movement {
  orderId: string;
  quantity: number;
  at: Date;
}

/** Invariant: `onHand` = `available` + the sum of `holds`. `updatedAt` is when `available` last changed. */
export interface StockDocument {
  _id: string;
  sku: string;
  location: string;
  onHand: number;
  available: number;
  holds: Hold[];
  /** Recent sales and returns: what makes repeating one change nothing. Pruned once their reservation is settled. */
  sales: Movement[];
  returns: Movement[];
  /** How often marks were taken away; missing until the first time. */
  forgets?: number;
  updatedAt: Date;
}

export interface PendingEvent {
  id: string;
  routingKey: string;
  envelope: Envelope;
}

/** Its events wait inside it until a relay, which leases the whole document, has published them. */
export type ReservationDocument = Omit<Reservation, "orderId"> & {
  _id: string;
  updatedAt: Date;
  pendingEvents: PendingEvent[];
  relay: { leasedUntil: Date; failures: number };
};

/** Work that one replica at a time does: who does it, and what the last one left. */
export interface TurnDocument {
  _id: string;
  claim: string;
  claimedUntil: Date;
  coveredUntil: Date | null;
  succeededAt: Date | null;
  report: ReconciliationReport | null;
}

export interface Collections {
  products: Collection<ProductDocument>;
  categories: Collection<CategoryDocument>;
  stock: Collection<StockDocument>;
  reservations: Collection<ReservationDocument>;
  turns: Collection<TurnDocument>;
}

/** Writes are safe on a majority of a replica set, so a failover undoes no hold and no sale. */
export const connectMongo = (url: string): MongoClient =>
  new MongoClient(url, {
    appName: "product",
    retryWrites: true,
    w: "majority",
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: 30_000,
    maxPoolSize: 20,
  });

export const collectionsOf = (db: Db): Collections => ({
  products: db.collection("products"),
  categories: db.collection("categories"),
  stock: db.collection("stock"),
  reservations: db.collection("reservations"),
  turns: db.collection("turns"),
});

/** Safe to repeat, and to run in every replica at once. */
export async function ensureIndexes({ products, categories, stock, reservations }: Collections): Promise<void> {
  await Promise.all([
    products.createIndexes([
      { key: { slug: 1 }, unique: true },
      { key: { "variants.sku": 1 }, unique: true },
      { key: { updatedAt: 1 } },
    ]),
    categories.createIndexes([{ key: { slug: 1 }, unique: true }]),
    stock.createIndexes([
      { key: { sku: 1, location: 1 }, unique: true },
      { key: { "holds.orderId": 1 } },
      { key: { "holds.until": 1 } },
      { key: { "sales.at": 1 } },
      { key: { "returns.at": 1 } },
      { key: { updatedAt: 1 } },
    ]),
    reservations.createIndexes([{ key: { "pendingEvents.id": 1 } }, { key: { updatedAt: 1 } }]),
  ]);
}

export const isDuplicateKey = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === 11000;
