import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startGateway } from "@tradepost/local-stack/gateway";
import { repository } from "@tradepost/local-stack/services";
import { freePort } from "@tradepost/servers/ports";
import { productSlug } from "../catalogue/generate-catalogue.ts";
import type { LoadPlan } from "../load/load-plan.ts";
import { figuresOf, inRounds } from "../rounds.ts";
import type { Scenario } from "../scenario.ts";
import { spreadOf } from "../spread.ts";

const CALLERS = 5_000;

/** The same warm page one call at a time, each from another caller's address so that no limit of rates is reached. */
export const gateway: Scenario = {
  name: "gateway",
  summary: "what the local gateway adds to a call",
  run: async (stage, { rounds, seconds }, say) => {
    const shop = await stage.shop();
    const port = await freePort();
    const dir = join(repository, ".local", "bench", "gateway");
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "index.html"), "<!doctype html><title>Not measured</title>");
    const files = { logDir: dir, staticDir: dir, mediaDir: dir };
    const running = await startGateway({
      ...files,
      port,
      at: shop.addresses,
      secrets: shop.secrets,
      onCrash: () => {},
    });
    stage.onClear(running.stop);
    const plan = (origin: string) => (): LoadPlan => ({
      ...{ origin, connections: 1, seconds },
      requests: Array.from({ length: CALLERS }, (_, n) => ({
        ...{ method: "GET", path: `/v1/products/${productSlug(42)}` },
        headers: { "x-forwarded-for": `10.${n % 250}.${(n >> 8) % 250}.${1 + (n % 200)}` },
      })),
    });
    const url = shop.addresses.serviceUrls.product;
    const sides = {
      through: { pid: () => running.pid(), plan: plan(`http://127.0.0.1:${port}`) },
      direct: { pid: () => shop.pid("product"), plan: plan(url) },
    };
    const measured = await inRounds(sides, rounds, say);
    return [
      {
        ...{ scenario: "gateway", what: "gateway overhead, p50", comparedWith: "direct call", unit: "ms" },
        ...{
          score: spreadOf(measured.map(({ through, direct }) => through.p50Ms - direct.p50Ms)),
          target: { atMost: 1 },
        },
        tradepost: figuresOf(measured.map(({ through }) => through)),
        baseline: figuresOf(measured.map(({ direct }) => direct)),
        notes: "one connection",
      },
    ];
  },
};
