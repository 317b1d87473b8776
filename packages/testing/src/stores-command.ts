import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { clearRunDirectory } from "./run-directory.ts";
import { announceStores, findRunningStores } from "./running-stores.ts";
import { startTestStores } from "./test-stores.ts";

const DIR = fileURLToPath(new URL("../../../.local/test-stores", import.meta.url));

if (findRunningStores() !== undefined) {
  console.error("The test stores are already running: see .local/test-stores.json");
  process.exit(1);
}
const stopAsked = Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal)));
await clearRunDirectory(DIR);
const stores = await startTestStores(DIR, console.log);
const withdraw = announceStores(stores.addresses);
console.log("Test runs use these stores from now on. Ctrl-C stops them.");
await stopAsked;
withdraw();
await stores.stop();
