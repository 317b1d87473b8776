import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "@tradepost/servers/server-process";
import { postGuard } from "../src/rig/guard.ts";

const [dir = "", ...options] = process.argv.slice(2);
const dismiss = await postGuard(dir, options.includes("--keep"));
const logs = join(dir, "logs");
mkdirSync(logs);
const server = await startServer({
  ...{ name: "sleeper", dir: logs, command: process.execPath, args: ["-e", "setInterval(() => {}, 1_000)"] },
  isReady: async () => true,
});
console.log(server.pid);
if (options.includes("--dismiss")) {
  await server.stop();
  await dismiss();
}
