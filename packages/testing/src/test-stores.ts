import { ensureInstalled } from "@tradepost/servers/install";
import { startContainerStores, wantsContainers } from "./container-stores.ts";
import { startOwnStores } from "./own-stores.ts";
import type { TestStores } from "./store-addresses.ts";

/**
 * Starts PostgreSQL, Redis, RabbitMQ and MongoDB for tests: as processes with their data below `dir`, installing what is
 * missing where that is possible, or in containers (see `wantsContainers`).
 */
export async function startTestStores(dir: string, log: (line: string) => void): Promise<TestStores> {
  if (await wantsContainers()) return startContainerStores();
  await ensureInstalled({ programs: ["redis-server", "rabbitmq-server"], log });
  return startOwnStores(dir, log);
}
