// Sends one plan and reports once; a process of its own, so that sending takes nothing from the measured one.
import autocannon from "autocannon";
import { quantile } from "../spread.ts";
import type { LoadPlan, LoadResult } from "./load-plan.ts";

process.once("message", (plan: LoadPlan) => {
  const report = (message: object) => process.send?.(message, () => process.exit());
  send(plan).then(
    (result) => report({ result }),
    (error: unknown) => report({ error: String(error) }),
  );
});

async function send(plan: LoadPlan): Promise<LoadResult> {
  const { origin, requests, seconds } = plan;
  const connections = Math.min(plan.connections, requests.length);
  const durationsMs: number[] = [];
  const failures: Record<string, number> = {};
  const count = (name: string) => {
    failures[name] = (failures[name] ?? 0) + 1;
  };
  let number = 0;
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  let lastAnswerAtMs = startedAtMs;

  await new Promise<void>((resolve, reject) => {
    const options: autocannon.Options = {
      ...{ url: origin, connections, timeout: 30, sampleInt: 50 },
      ...(seconds === undefined ? { amount: requests.length } : { duration: seconds }),
      setupClient: (client) => {
        const mine = number++;
        client.setRequests(requests.filter((_, index) => index % connections === mine));
      },
    };
    const running = autocannon(options, (error) => (error ? reject(error) : resolve()));
    running.on("response", (_client, status, _bytes, durationMs) => {
      durationsMs.push(durationMs);
      lastAnswerAtMs = performance.now();
      if (status < 200 || status > 299) count(String(status));
    });
    running.on("reqError", () => count("unanswered"));
  });

  const { user, system } = process.cpuUsage(cpuBefore);
  const sorted = Float64Array.from(durationsMs).sort();
  return {
    answers: durationsMs.length,
    seconds: (lastAnswerAtMs - startedAtMs) / 1000,
    latencyMs: { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: quantile(sorted, 1) },
    failures,
    busy: (user + system) / 1000 / (performance.now() - startedAtMs),
  };
}
