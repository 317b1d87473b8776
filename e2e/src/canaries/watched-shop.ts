import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptSecrets, type Secrets } from "@tradepost/local-stack/secrets";
import { type Stack, startStack } from "@tradepost/local-stack/stack";
import type { Canaries } from "./canaries.ts";
import { type Collector, startCollector } from "./collector.ts";
import { type EchoingProvider, startEchoingProvider } from "./echoing-provider.ts";

const SERVICES = ["product", "user", "cart", "order", "payment"] as const;
const PROVIDERS = { order: ["SENDGRID_URL", "TWILIO_URL"], user: ["SENDGRID_URL"], payment: ["STRIPE_API_URL"] };

/** What operators can see of the shop. */
export interface Evidence {
  /** By program: each service, and the gateway. */
  logs: Record<string, string>;
  traces: string;
  errors: string;
}

export interface WatchedShop {
  stack: Stack;
  secrets: Secrets;
  provider: EchoingProvider;
  collector: Collector;
  /** What has been logged so far; services write at least every second. */
  logs: () => Record<string, string>;
  /** Stops everything, which sends what is still buffered, and hands over what was seen. */
  stop: () => Promise<Evidence>;
}

/** A whole shop whose services send traces and errors to us, and whose third parties we can make fail. */
export async function startWatchedShop(canaries: Canaries): Promise<WatchedShop> {
  const dir = mkdtempSync(join(tmpdir(), "tradepost-canaries-"));
  const collector = await startCollector();
  const provider = await startEchoingProvider(canaries);
  const watching = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
    OTEL_BSP_SCHEDULE_DELAY: "100",
    SENTRY_DSN: `http://key@127.0.0.1:${collector.port}/1`,
    LOG_LEVEL: "debug",
  };
  const envOf = (service: (typeof SERVICES)[number]) => {
    const urls = (PROVIDERS as Record<string, string[]>)[service] ?? [];
    return { ...watching, ...Object.fromEntries(urls.map((name) => [name, provider.url])) };
  };
  const stack = await startStack({
    dir,
    mediaDir: join(import.meta.dirname, "../../../.local/media"),
    durable: false,
    download: false,
    serviceEnv: Object.fromEntries(SERVICES.map((service) => [service, envOf(service)])),
  });
  provider.target = stack.sandboxUrl;
  const logs = () => readLogs(stack.logDir);
  const stop = async () => {
    await stack.stop();
    const evidence = { logs: logs(), traces: collector.traces(), errors: collector.errors() };
    collector.close();
    provider.close();
    rmSync(dir, { recursive: true, force: true });
    return evidence;
  };
  let stopped: Promise<Evidence> | undefined;
  return {
    ...{ stack, provider, collector, logs },
    secrets: keptSecrets(dir),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

const readLogs = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((name) => name.endsWith(".log"))
      .map((name) => [name.replace(".log", ""), readFileSync(join(dir, name), "utf8")]),
  );
