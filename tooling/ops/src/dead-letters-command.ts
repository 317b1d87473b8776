import { resolve } from "node:path";
import type { Selection } from "@tradepost/messaging/dead-letters";
import { type Command, InvalidArgumentError } from "commander";
import {
  consumerNamed,
  consumers,
  type DeadLetters,
  headline,
  letterText,
  nameOf,
  onDeadLetters,
  overview,
} from "./dead-letters.ts";
import { assertUrl, findShop } from "./shop.ts";
import { UsageError } from "./usage-error.ts";

interface Chosen {
  event?: string[];
  limit?: number;
}

const collect = (id: string, ids: string[] = []): string[] => [...ids, id];

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It must be a whole number above 0.");
  return Number(text);
}

const selectionOf = ({ event, limit }: Chosen): Selection => ({
  ...(event === undefined ? {} : { eventIds: event }),
  ...(limit === undefined ? {} : { limit }),
});

export function addDeadLettersCommand(program: Command): void {
  const group = program
    .command("dead-letters")
    .description("Events that could not be handled: look, mend the cause, replay.")
    .option("--url <url>", "the broker, amqp://user:password@host/vhost; RABBITMQ_URL unless said")
    .addHelpText("after", `\nConsumers: ${consumers.map(nameOf).join(", ")}`);
  const on = (command: Command, work: (deadLetters: DeadLetters) => Promise<string[]>) => {
    const { url, data } = command.optsWithGlobals<{ url?: string; data: string }>();
    if (url !== undefined) assertUrl("--url", url);
    return onDeadLetters(url ?? findShop(["RABBITMQ_URL"], resolve(data)).RABBITMQ_URL, work);
  };
  const chosen = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .option("--event <id>", "only this event; may be given more than once", collect)
      .option("--limit <number>", "at most so many", wholeNumber);

  group
    .command("summary <consumer>")
    .description("how many by reason and error")
    .action((name: string, _options: object, command: Command) => {
      const consumer = consumerNamed(name);
      return on(command, async (deadLetters) =>
        (await deadLetters.summarise(consumer)).map(({ count, reason, error }) => `${count}\t${reason}\t${error}`),
      );
    });
  group
    .command("show <consumer> <event>")
    .description("one letter with its payload, in which any text that may be about a person is left out")
    .action((name: string, event: string, _options: object, command: Command) => {
      const consumer = consumerNamed(name);
      return on(command, async (deadLetters) => {
        const [letter] = await deadLetters.list(consumer, { eventIds: [event], limit: 1 });
        if (!letter) throw new UsageError(`${name} has no dead letter of the event ${event}.`);
        return letterText(letter);
      });
    });
  chosen(
    "list [consumer]",
    "each as a line of JSON, left where it is; how many each consumer has unless one is named",
  ).action((name: string | undefined, options: Chosen, command: Command) => {
    const consumer = name === undefined ? undefined : consumerNamed(name);
    return on(command, async (deadLetters) =>
      consumer ? (await deadLetters.list(consumer, selectionOf(options))).map(headline) : overview(deadLetters),
    );
  });
  chosen("replay <consumer>", "back to the consumer, with five new attempts").action(
    (name: string, options: Chosen, command: Command) => {
      const consumer = consumerNamed(name);
      return on(command, async (deadLetters) => [
        `${await deadLetters.replay(consumer, selectionOf(options))} given back to ${name}`,
      ]);
    },
  );
  chosen("discard <consumer>", "delete them for good")
    .option("--all", "all of them; without it, --event says which")
    .action((name: string, options: Chosen & { all?: boolean }, command: Command) => {
      const consumer = consumerNamed(name);
      if (options.event === undefined && !options.all) throw new UsageError("Say which: --event <id>, or --all.");
      return on(command, async (deadLetters) => [
        `${await deadLetters.discard(consumer, selectionOf(options))} deleted from ${name}`,
      ]);
    });
  group.action((_options: object, command: Command) => on(command, overview));
}
