import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { repository } from "@tradepost/local-stack/services";
import { type MongoServer, startMongo } from "@tradepost/servers/mongo";
import { freePort } from "@tradepost/servers/ports";
import { startServer } from "@tradepost/servers/server-process";
import { clearRunDirectory } from "@tradepost/testing/run-directory";
import { importGenerated } from "./catalogue/import-generated.ts";
import type { Say } from "./rounds.ts";
import { openShop, type Shop } from "./shop.ts";

export interface Baseline {
  url: string;
  pid: () => number;
  stop: () => Promise<void>;
}

export interface LargeCatalogue {
  /** The database of so many generated products. */
  mongoUrl: (products: number) => string;
  description: string;
}

/** What scenarios play on. Each part is started when it is first asked for and stays until `close`. */
export interface Stage {
  shop: () => Promise<Shop>;
  largeCatalogue: (sizes: readonly number[]) => Promise<LargeCatalogue>;
  startBaseline: (program: string, env: Record<string, string>) => Promise<Baseline>;
  /** Writes a file for a baseline and tells its path. */
  writeFile: (name: string, content: string) => string;
  close: () => Promise<void>;
}

export async function openStage(say: Say): Promise<Stage> {
  const dir = join(repository, ".local", "bench");
  const shopDir = join(dir, "shop");
  await clearRunDirectory(join(shopDir, "stores"));
  await clearRunDirectory(shopDir);
  mkdirSync(dir, { recursive: true });

  const stops: (() => Promise<unknown>)[] = [];
  const onStop = (stop: () => Promise<unknown>) => void stops.push(stop);
  let shop: Promise<Shop> | undefined;
  let mongo: Promise<MongoServer> | undefined;

  return {
    shop: () => {
      shop ??= openShop(shopDir, say, onStop);
      return shop;
    },
    largeCatalogue: async (sizes) => {
      mongo ??= startMongo({ dir: join(dir, "large-catalogue"), externalUrl: process.env.MONGODB_URL });
      const server = await mongo;
      onStop(server.stop);
      const mongoUrl = (products: number) => withDatabase(server.url, `bench_${products}_products`);
      for (const size of sizes) {
        say(`looking whether ${size} products are there (importing them takes a while the first time)`);
        await importGenerated(mongoUrl(size), size, dir, say);
      }
      return { mongoUrl, description: server.description };
    },
    startBaseline: (program, env) => startBaseline(join(dir, "baselines"), program, env),
    writeFile: (name, content) => {
      const path = join(dir, name);
      writeFileSync(path, content);
      return path;
    },
    close: async () => {
      for (const stop of stops.splice(0).reverse()) await stop().catch((error: unknown) => console.error(error));
    },
  };
}

async function startBaseline(dir: string, program: string, env: Record<string, string>): Promise<Baseline> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    ...{ name: `${program}-${port}`, dir, command: process.execPath },
    args: [fileURLToPath(new URL(`baselines/${program}.ts`, import.meta.url))],
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env, PORT: String(port) },
    isReady: () => answersAtAll(url),
  });
  return { url, pid: () => server.pid, stop: server.stop };
}

async function answersAtAll(url: string): Promise<boolean> {
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(1_000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function withDatabase(mongoUrl: string, name: string): string {
  const url = new URL(mongoUrl);
  url.pathname = `/${name}`;
  return url.href;
}
