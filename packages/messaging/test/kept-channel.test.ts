import { testRabbit } from "@tradepost/testing/stores";
import { expect, it } from "vitest";
import { connectBroker } from "../src/connection.ts";
import { keepChannel } from "../src/kept-channel.ts";
import { recordingLog } from "./rig.ts";

it("closes when it is told to in the middle of a set-up", async () => {
  const vhost = await testRabbit();
  const log = recordingLog();
  const broker = await connectBroker({ url: vhost.url, log });
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const channel = keepChannel({
    name: "test",
    log,
    open: broker.openChannel,
    setup: async () => {
      begun.resolve();
      await end.promise;
    },
  });

  await begun.promise;
  const closed = channel.close();
  end.resolve();

  await closed;
  expect(channel.current()).toBeUndefined();
  await broker.close();
  await vhost.drop();
});
