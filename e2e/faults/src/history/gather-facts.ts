import type { Expected } from "./expected.ts";
import type { Facts } from "./facts.ts";
import type { Places } from "./places.ts";
import { readCarts } from "./read-carts.ts";
import { readOrderDatabase, readPaymentDatabase, readUserDatabase } from "./read-databases.ts";
import { readQueues } from "./read-queues.ts";
import { readSandbox } from "./read-sandbox.ts";
import { readStock } from "./read-stock.ts";

/**
 * Reads every store and the sandbox. They are not read in one instant, so a shop at work may look wrong: ask again
 * until it is quiet. Throws when one of them cannot be reached.
 */
export async function gatherFacts(places: Places, expected: Expected): Promise<Facts> {
  const now = new Date();
  const [ordering, paying, using, stock, sandbox, queues, carts] = await Promise.all([
    readOrderDatabase(places.databaseUrls.order),
    readPaymentDatabase(places.databaseUrls.payment),
    places.databaseUrls.user === undefined ? { outbox: [], inbox: [] } : readUserDatabase(places.databaseUrls.user),
    readStock(places.mongoUrl),
    readSandbox(places.sandboxUrl),
    readQueues(places.rabbitUrl),
    readCarts(places.cartRedisUrl),
  ]);
  return {
    ...{ now, expected, queues, carts },
    ...ordering,
    ...paying,
    ...stock,
    ...sandbox,
    outbox: [...ordering.outbox, ...paying.outbox, ...using.outbox],
    inbox: [...ordering.inbox, ...paying.inbox, ...using.inbox],
  };
}
