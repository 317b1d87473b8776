import { parseArgs } from "node:util";
import { startSandbox } from "./start-sandbox.ts";

const help = `Stand-ins for Stripe, SendGrid, Twilio and AWS KMS, with an inbox.

  node src/main.ts [options]

  --port N               where to listen, 8090 unless said; 0 takes a free port
  --host NAME            127.0.0.1 unless said
  --public-url URL       where browsers reach it, when that is not where it listens
  --data DIR             keeps everything in DIR, so that a restart goes on where it was
  --webhook-url URL      where Stripe's events are sent
  --webhook-secret S     signs them (whsec_…); a random one is made and printed when left out
  --help                 this text

Prints "ready" when it listens. The page at / says the rest.`;

const { values } = readArguments();

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "8090" },
        host: { type: "string", default: "127.0.0.1" },
        "public-url": { type: "string" },
        data: { type: "string" },
        "webhook-url": { type: "string" },
        "webhook-secret": { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return giveUp(error);
  }
}

function giveUp(error: unknown): never {
  console.error(`the sandbox cannot start: ${(error as Error).message}`);
  process.exit(1);
}

async function run(): Promise<void> {
  const sandbox = await startSandbox({
    port: Number(values.port),
    host: values.host,
    ...(values["public-url"] !== undefined && { publicUrl: values["public-url"] }),
    ...(values.data !== undefined && { dataDir: values.data }),
    ...(values["webhook-url"] !== undefined && { webhookUrl: values["webhook-url"] }),
    ...(values["webhook-secret"] !== undefined && { webhookSecret: values["webhook-secret"] }),
  });
  console.log(`sandbox at ${sandbox.url}`);
  if (sandbox.webhookSecret && values["webhook-secret"] === undefined) {
    console.log(`webhooks are signed with ${sandbox.webhookSecret}`);
  }
  console.log("ready");
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

if (values.help) console.log(help);
else await run().catch(giveUp);
