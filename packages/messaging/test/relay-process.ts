import { createPostgres } from "@tradepost/postgres/pool";
import { connectBroker } from "../src/connection.ts";
import { createPostgresOutboxSource } from "../src/postgres-outbox-source.ts";
import { createPublisher } from "../src/publisher.ts";
import { startRelay } from "../src/relay.ts";

// A replica's relay as a process, for tests that kill it: `relay-process.ts <database> <broker> <batch> [<dies after>]`.
// With the last one it kills itself when so many events were confirmed, before it has marked them. It tells its parent
// when it runs; SIGTERM ends it from then on.
const [databaseUrl = "", brokerUrl = "", batchSize = "", diesAfter = "Infinity"] = process.argv.slice(2);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const postgres = createPostgres({ url: databaseUrl, applicationName: "relay-process" });
const source = createPostgresOutboxSource({ sql: postgres, url: databaseUrl, log, pollMs: 200 });
const broker = await connectBroker({ url: brokerUrl, log });
const publisher = createPublisher(broker);
let confirmed = 0;
const relay = startRelay({
  source,
  log,
  batchSize: Number(batchSize),
  publisher: {
    ready: publisher.ready,
    publish: async (envelope, routingKey) => {
      await publisher.publish(envelope, routingKey);
      confirmed += 1;
      if (confirmed >= Number(diesAfter)) process.kill(process.pid, "SIGKILL");
    },
  },
});
process.on("SIGTERM", async () => {
  await relay.stop();
  await source.close();
  await publisher.close();
  await broker.close();
  await postgres.end();
});
process.send?.("running");
process.disconnect?.();
