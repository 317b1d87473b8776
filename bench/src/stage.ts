import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { repository } from "@tradepost/local-stack/services";
import { freePort } from "@tradepost/servers/ports";
import { startServer } from "@tradepost/servers/server-process";
import { clearRunDirectory } from "@tradepost/testing/run-directory";
import { type LargeCatalogue, openLargeCatalogue } from "./catalogue/large-catalogue.ts";
import type { Say } from "./rounds.ts";
import { openShop, type Shop } from "./shop.ts";

export interface Baseline {
  url: string;
  pid: () => number;
  stop: () => Promise<void>;
}

/** What scenarios play on. Each part is started when it is first asked for and stays until `close`. */
export interface Stage {
  shop: () => Promise<Shop>;
  largeCatalogue: () => Promise<LargeCatalogue>;
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
  let large: Promise<LargeCatalogue> | undefined;

  return {
    shop: () => {
      shop ??= openShop(shopDir, say, onStop);
      return shop;
    },
    largeCatalogue: () => {
      large ??= openLargeCatalogue(join(dir, "large-catalogue"), say).then((opened) => {
        onStop(opened.stop);
        return opened;
      });
      return large;
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
