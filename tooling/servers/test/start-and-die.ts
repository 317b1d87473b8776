// Started by tests as a process of its own: starts one server in a directory, says which, and waits to be killed.
import { startMongo } from "../src/mongo.ts";
import { startPostgres } from "../src/postgres.ts";
import { startRabbitmq } from "../src/rabbitmq.ts";
import { startRedis } from "../src/redis.ts";

const starters = {
  postgres: startPostgres,
  redis: (options: { dir: string }) => startRedis({ ...options, appendOnly: true }),
  rabbitmq: startRabbitmq,
  mongo: (options: { dir: string }) => startMongo({ ...options, download: false, externalUrl: "" }),
};
const [name = "", dir = ""] = process.argv.slice(2);
const server = await starters[name as keyof typeof starters]({ dir });
console.log(JSON.stringify({ pid: server.pid, url: server.url }));
setInterval(() => {}, 60_000);
