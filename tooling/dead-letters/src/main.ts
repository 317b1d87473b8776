import { parseArgs } from "node:util";
import { connectBroker } from "@tradepost/messaging/connection";
import { createDeadLetters } from "@tradepost/messaging/dead-letters";
import { createPublisher } from "@tradepost/messaging/publisher";
import { serviceEvents } from "@tradepost/openapi/service-events";
import { COMMANDS, type Command, nameOf, overview, runCommand } from "./commands.ts";

const consumers = serviceEvents().flatMap((service) => service.consumers);
const CONNECT_MS = 10_000;

const HELP = `Events that could not be handled: look, mend the cause, replay.

  npm run dead-letters                                how many there are
  npm run dead-letters -- list CONSUMER               each as a line of JSON, left where it is
  npm run dead-letters -- summary CONSUMER            how many by reason and error
  npm run dead-letters -- replay CONSUMER             back to the consumer, with five new attempts
  npm run dead-letters -- discard CONSUMER --event ID

  --event ID    only this event; may be given more than once. discard needs it, or --all
  --limit N     at most so many
  --all         discard everything
  --url URL     the broker, amqp://user:password@host/vhost; RABBITMQ_URL unless said
  --help        this text

  CONSUMER      ${consumers.map(nameOf).join(", ")}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    event: { type: "string", multiple: true },
    limit: { type: "string" },
    all: { type: "boolean", default: false },
    url: { type: "string", default: process.env.RABBITMQ_URL ?? "" },
    help: { type: "boolean", default: false },
  },
});

const problem = values.help ? undefined : problemOf();
if (values.help || problem !== undefined) {
  console.log(problem === undefined ? HELP : `${problem}\n\n${HELP}`);
  process.exitCode = values.help ? 0 : 2;
} else process.exitCode = await run();

function problemOf(): string | undefined {
  const [command, name] = positionals;
  if (values.url === "") return "Say where the broker is: --url or RABBITMQ_URL.";
  if (values.limit !== undefined && !/^[1-9]\d*$/.test(values.limit)) return "--limit must be a whole number above 0.";
  if (command === undefined) return undefined;
  if (!COMMANDS.includes(command as Command)) return `There is no command ${command}.`;
  if (!consumers.some((consumer) => nameOf(consumer) === name))
    return `There is no consumer ${name ?? "without a name"}.`;
  if (command === "discard" && values.event === undefined && !values.all) return "Say which: --event ID, or --all.";
  return undefined;
}

async function run(): Promise<number> {
  const [command, name] = positionals;
  const consumer = consumers.find((each) => nameOf(each) === name);
  const warn = (fields: object, sentence: string) => console.error(sentence, fields);
  const log = { info: () => {}, warn, error: warn };
  const broker = await connectBroker({ url: values.url, log, connectionName: "dead-letters" });
  const publisher = createPublisher(broker);
  try {
    await publisher.ready(AbortSignal.timeout(CONNECT_MS));
    const deadLetters = createDeadLetters(broker, publisher);
    const selection = {
      ...(values.event === undefined ? {} : { eventIds: values.event }),
      ...(values.limit === undefined ? {} : { limit: Number(values.limit) }),
    };
    const lines = consumer
      ? await runCommand(deadLetters, command as Command, consumer, selection)
      : await overview(deadLetters, consumers);
    console.log(lines.join("\n"));
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await publisher.close();
    await broker.close();
  }
}
