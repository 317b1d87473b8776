import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { type MongoServer, startMongo } from "@tradepost/servers/mongo";
import { MongoClient } from "mongodb";
import type { Say } from "../rounds.ts";
import { importGenerated } from "./import-generated.ts";

export interface LargeCatalogue {
  /** The database of so many generated products, which are imported unless an earlier run has. */
  mongoUrl: (products: number) => Promise<string>;
  description: string;
  stop: () => Promise<void>;
}

const PREFIX = "tradepost_bench_";

/** A MongoDB beside the shop's that keeps generated catalogues from run to run, as long as they are generated the same. */
export async function openLargeCatalogue(dir: string, say: Say): Promise<LargeCatalogue> {
  mkdirSync(dir, { recursive: true });
  const server = await startMongo({ dir, externalUrl: process.env.MONGODB_URL });
  const edition = `${PREFIX}${digestOfGenerator()}_`;
  await dropOthers(server, edition);
  return {
    mongoUrl: async (products) => {
      const url = new URL(server.url);
      url.pathname = `/${edition}${products}`;
      const there = await withClient(url.href, (client) => client.db().collection("products").estimatedDocumentCount());
      if (there !== products) {
        say(`importing ${products} products, once; a later run finds them`);
        await importGenerated(url.href, products, dir, say);
      }
      return url.href;
    },
    description: server.description,
    stop: server.stop,
  };
}

function digestOfGenerator(): string {
  const sources = ["generate-catalogue.ts", "vocabulary.ts"].map((name) =>
    readFileSync(new URL(name, import.meta.url)),
  );
  return createHash("sha256").update(Buffer.concat(sources)).digest("hex").slice(0, 8);
}

const dropOthers = ({ url }: MongoServer, edition: string): Promise<void> =>
  withClient(url, async (client) => {
    const { databases } = await client.db("admin").admin().listDatabases({ nameOnly: true });
    for (const { name } of databases)
      if (name.startsWith(PREFIX) && !name.startsWith(edition)) await client.db(name).dropDatabase();
  });

async function withClient<T>(url: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(url);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
