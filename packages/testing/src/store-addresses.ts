import type { MongoServer } from "@tradepost/servers/mongo";

/** Where the stores of a test run are: what every test file is given. */
export interface StoreAddresses {
  /** Superuser's, database `postgres`. */
  postgresUrl: string;
  redisUrl: string;
  /** Virtual host `/`. */
  rabbitUrl: string;
  /** RabbitMQ's HTTP API, user and password included. */
  rabbitManagementUrl: string;
  mongoUrl: string;
  mongoKind: MongoServer["kind"] | "container";
}

declare module "vitest" {
  export interface ProvidedContext {
    stores: StoreAddresses;
  }
}

export interface TestStores {
  addresses: StoreAddresses;
  stop(): Promise<void>;
}

interface Stoppable {
  stop(): Promise<unknown>;
}

/** Waits for all to start; when one does not, the others are stopped again before its error is thrown. */
export async function startTogether<T extends readonly Promise<Stoppable>[]>(
  starting: T,
): Promise<{ started: { -readonly [K in keyof T]: Awaited<T[K]> }; stop(): Promise<void> }> {
  const results = await Promise.allSettled(starting);
  const stop = async () => {
    await Promise.all(results.map((result) => (result.status === "fulfilled" ? result.value.stop() : undefined)));
  };
  if (results.some((result) => result.status === "rejected")) await stop();
  return { started: await Promise.all(starting), stop };
}
