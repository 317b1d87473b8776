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
}

type Stop = () => Promise<unknown>;

/** What scenarios play on. Shop and catalogue are started when they are first asked for and stay until `close`. */
export interface Stage {
  shop: () => Promise<Shop>;
  largeCatalogue: () => Promise<LargeCatalogue>;
  startBaseline: (program: string, env: Record<string, string>) => Promise<Baseline>;
  /** Writes a file for a baseline and tells its path. */
  writeFile: (name: string, content: string) => string;
  onClear: (stop: Stop) => void;
  /** Ends the baselines, further services and whatever else a scenario has started. */
  clear: () => Promise<void>;
  close: () => Promise<void>;
}

export async function openStage(say: Say): Promise<Stage> {
  const dir = join(repository, ".local", "bench");
  const shopDir = join(dir, "shop");
  await clearRunDirectory(join(shopDir, "stores"));
  await clearRunDirectory(shopDir);
  mkdirSync(dir, { recursive: true });

  const lasting: Stop[] = [];
  const passing: Stop[] = [];
  const onStop = (stop: Stop) => void lasting.push(stop);
  const onClear = (stop: Stop) => void passing.push(stop);
  let shop: Promise<Shop> | undefined;
  let large: Promise<LargeCatalogue> | undefined;

  return {
    shop: () => {
      shop ??= openShop(shopDir, say, onStop, onClear);
      return shop;
    },
    largeCatalogue: () => {
      large ??= openLargeCatalogue(join(dir, "large-catalogue"), say).then((opened) => {
        onStop(opened.stop);
        return opened;
      });
      return large;
    },
    startBaseline: async (program, env) => {
      const { stop, ...baseline } = await startBaseline(join(dir, "baselines"), program, env);
      onClear(stop);
      return baseline;
    },
    writeFile: (name, content) => {
      const path = join(dir, name);
      writeFileSync(path, content);
      return path;
    },
    onClear,
    clear: () => stopAll(passing),
    close: async () => {
      await stopAll(passing);
      await stopAll(lasting);
    },
  };
}

/** The last first; one that cannot be stopped does not keep the others running. */
async function stopAll(stops: Stop[]): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop().catch((error: unknown) => console.error(error));
}

async function startBaseline(dir: string, program: string, env: Record<string, string>) {
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
