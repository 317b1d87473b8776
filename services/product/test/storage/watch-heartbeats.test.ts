import { EventEmitter } from "node:events";
import { startFaultProxy } from "@tradepost/testing/fault-proxy";
import { waitFor } from "@tradepost/testing/wait-for";
import { MongoClient } from "mongodb";
import { expect, it } from "vitest";
import { watchHeartbeats } from "../../src/storage/watch-heartbeats.ts";
import { mongoServers } from "../mongo-servers.ts";

const [server] = await mongoServers();
const address = "127.0.0.1:27017";

/** A client of which only the checks are there. */
function checks() {
  const client = new EventEmitter();
  const stuck: string[] = [];
  watchHeartbeats(client as never, (at) => stuck.push(at), 50);
  const tell = (what: string) => client.emit(`serverHeartbeat${what}`, { connectionId: address });
  return { client, stuck, tell };
}

it("tells of a check that ends in nothing, once", async () => {
  const { stuck, tell } = checks();
  tell("Started");
  await waitFor(() => stuck.length > 0, { what: "the stuck check" });
  expect(stuck).toEqual([address]);
});

it("is content with answers, with failures, and with a server that is left", async () => {
  const { client, stuck, tell } = checks();
  for (const end of ["Succeeded", "Failed", "Started"]) {
    tell("Started");
    tell(end);
  }
  client.emit("serverClosed", { address });
  const late = Promise.withResolvers<void>();
  setTimeout(late.resolve, 200);
  await late.promise;
  expect(stuck).toEqual([]);
});

it("hears the driver's own checks: of a silent server it tells in time, though the driver gives up later", async () => {
  const proxy = await startFaultProxy({ target: server!.url });
  const client = new MongoClient(proxy.url, { connectTimeoutMS: 20_000, heartbeatFrequencyMS: 500 });
  const stuck: string[] = [];
  watchHeartbeats(client, (at) => stuck.push(at), 5_000);
  await client.connect();
  proxy.set({ kind: "blackhole" });
  await waitFor(() => stuck.length > 0, { timeoutMs: 20_000, what: "the stuck check" });
  expect(stuck).toEqual([`127.0.0.1:${proxy.port}`]);
  await Promise.all([proxy.close(), client.close()]);
});
