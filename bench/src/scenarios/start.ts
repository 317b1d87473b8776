import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundleService } from "@tradepost/images/bundle-service";
import { repository } from "@tradepost/local-stack/services";
import type { Finding } from "../finding.ts";
import { residentMbOf } from "../process-figures.ts";
import type { Scenario } from "../scenario.ts";
import { SERVICES } from "../shop.ts";
import { spreadOf } from "../spread.ts";

const IDLE_MS = 3_000;

/**
 * One more process of each service as its image holds it, from the start of Node until `/readyz` says yes, then left alone
 * and weighed.
 */
export const start: Scenario = {
  name: "start",
  summary: "start time of each service, and its memory when idle",
  run: async (stage, { rounds }, say) => {
    const shop = await stage.shop();
    const findings: Finding[] = [];
    for (const service of SERVICES) {
      const outDir = join(repository, ".local/bench/bundles", service);
      await bundleService(service, outDir);
      const program = join(outDir, "dist/main.js");
      const readyMs: number[] = [];
      const idleMb: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const startedAtMs = performance.now();
        const running = await shop.startAnother(service, { program });
        const tookMs = performance.now() - startedAtMs;
        await sleep(IDLE_MS);
        const residentMb = residentMbOf(running.replicas[0]?.pid());
        await running.stop();
        if (round === 0) continue;
        readyMs.push(tookMs);
        if (residentMb !== null) idleMb.push(residentMb);
      }
      say(`${service}: ready in ${Math.round(spreadOf(readyMs).median)} ms`);
      const common = { scenario: "start", comparedWith: null };
      findings.push({
        ...{ ...common, what: `${service} ready after`, unit: "ms" as const },
        ...{ score: spreadOf(readyMs), target: { atMost: 700 } },
      });
      if (idleMb.length > 0)
        findings.push({
          ...{ ...common, what: `${service} idle memory`, unit: "MB" as const },
          ...{ score: spreadOf(idleMb), target: { atMost: 90 } },
        });
    }
    return findings;
  },
};
