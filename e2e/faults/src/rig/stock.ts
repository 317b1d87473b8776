import { createClient } from "@tradepost/api-client/client";
import { getProduct } from "@tradepost/contracts/product";
import { waitFor } from "@tradepost/testing/wait-for";
import type { Db } from "mongodb";

export interface Article {
  sku: string;
  slug: string;
}

/** What lies in the warehouse, as somebody counts who knows every delivery. */
export interface Stock {
  /** Units of each SKU that have ever been delivered: what there was at first, and what came since. */
  delivered(): Record<string, number>;
  /** Articles to sell, always the same ones, each from another product. */
  articles(count: number, skip?: number): Promise<Article[]>;
  /** Brings so many units in; resolves when shoppers can see them. */
  deliver(article: Article, quantity: number): Promise<void>;
  /** Takes away what is free, so that only `quantity` are left to buy. */
  leave(article: Article, quantity: number): Promise<void>;
}

interface Entry {
  sku: string;
  available: number;
  onHand: number;
}

/** Counts what there is now, so it must be opened before anything is sold. */
export async function openStock(db: Db, productUrl: string): Promise<Stock> {
  const entries = db.collection<Entry>("stock");
  const client = createClient({ baseUrl: productUrl, timeoutMs: 10_000 });
  const delivered: Record<string, number> = {};
  for (const { sku, onHand } of await entries.find().toArray()) delivered[sku] = (delivered[sku] ?? 0) + onHand;

  const seen = ({ sku, slug }: Article, available: number) =>
    waitFor(
      async () => {
        const { variants } = await client(getProduct, { params: { slug }, query: {} });
        return variants.some((variant) => variant.sku === sku && variant.available === available);
      },
      { timeoutMs: 60_000, intervalMs: 200, what: `the shop to show ${available} of ${sku}` },
    );

  const change = async (article: Article, by: number): Promise<void> => {
    const { sku } = article;
    const changed = await entries.findOneAndUpdate(
      { sku, available: { $gte: -by } },
      { $inc: { available: by, onHand: by }, $currentDate: { updatedAt: true } },
      { returnDocument: "after" },
    );
    if (!changed) throw new Error(`there are not ${-by} of ${sku}`);
    delivered[sku] = (delivered[sku] ?? 0) + by;
    await seen(article, changed.available);
  };

  return {
    delivered: () => ({ ...delivered }),
    articles: async (count, skip = 0) => {
      const products = db.collection<{ slug: string; variants: { sku: string }[] }>("products");
      const found = await products.find().sort({ slug: 1 }).skip(skip).limit(count).toArray();
      return found.flatMap(({ slug, variants: [first] }) => (first ? [{ slug, sku: first.sku }] : []));
    },
    deliver: change,
    leave: async (article, quantity) => {
      const entry = await entries.findOne({ sku: article.sku });
      if (!entry) throw new Error(`${article.sku} is not in the warehouse`);
      await change(article, quantity - entry.available);
    },
  };
}
