import type { Envelope, EventContract, Payload } from "@tradepost/contracts/event";
import type { Sql, Transact } from "./sql.ts";

/**
 * Turns a handler into one that applies each event once, however often and however concurrently it is delivered:
 * the claim and the effect commit together. `consumer` is the full name, `<service>.<name>`.
 *
 * Resolves to `handled` or `duplicate`. Throws what `handle` throws (and then nothing is stored), and `ZodError`
 * for a message that breaks the contract. Calls to other services do not belong into `handle`: it holds a transaction.
 */
export const handleOnce =
  <E extends EventContract>(
    transact: Transact,
    consumer: string,
    event: E,
    handle: (tx: Sql, payload: Payload<E>, envelope: Envelope<E>) => Promise<void>,
  ) =>
  async (message: unknown): Promise<"handled" | "duplicate"> => {
    const envelope = event.envelope.parse(message) as Envelope<E>;
    return transact(async (tx) => {
      // A second delivery waits here for the first one's outcome, because the key is unique.
      const claim = await tx.query("INSERT INTO inbox (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
        envelope.id,
        consumer,
      ]);
      if (claim.rowCount === 0) return "duplicate";
      await handle(tx, envelope.payload as Payload<E>, envelope);
      return "handled";
    });
  };
