import type { ConsumerName, createDeadLetters, Selection } from "@tradepost/messaging/dead-letters";

export type DeadLetters = ReturnType<typeof createDeadLetters>;
export const COMMANDS = ["list", "summary", "replay", "discard"] as const;
export type Command = (typeof COMMANDS)[number];

/** How many dead letters each consumer has; a consumer that has never run has no queue yet. */
export async function overview(deadLetters: DeadLetters, consumers: readonly ConsumerName[]): Promise<string[]> {
  const lines: string[] = [];
  for (const consumer of consumers) {
    const count = await deadLetters.count(consumer).catch((error: unknown) => {
      if ((error as { code?: number }).code === 404) return undefined;
      throw error;
    });
    lines.push(`${count === undefined ? "-" : count}\t${nameOf(consumer)}`);
  }
  return lines;
}

/** Does what was asked for and says what it did, a line each. */
export async function runCommand(
  deadLetters: DeadLetters,
  command: Command,
  consumer: ConsumerName,
  selection: Selection,
): Promise<string[]> {
  if (command === "list") return (await deadLetters.list(consumer, selection)).map((letter) => JSON.stringify(letter));
  if (command === "summary")
    return (await deadLetters.summarise(consumer)).map(({ count, reason, error }) => `${count}\t${reason}\t${error}`);
  const count = await deadLetters[command](consumer, selection);
  return [`${count} ${command === "replay" ? "given back to" : "deleted from"} ${nameOf(consumer)}`];
}

export const nameOf = ({ service, name }: ConsumerName): string => `${service}.${name}`;
