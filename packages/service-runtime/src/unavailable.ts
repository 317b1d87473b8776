import { CallFailed, CallUnreachable } from "@tradepost/api-client/call-error";

/** How the drivers of MongoDB and Redis name an error that is the server's or the network's, not the statement's. */
const AWAY_NAMES = new Set([
  ...["MongoNetworkError", "MongoNetworkTimeoutError", "MongoServerSelectionError", "MongoPoolClearedError"],
  ...["PoolClearedOnNetworkError", "MongoNotConnectedError", "MongoWaitQueueTimeoutError", "MongoStalePrimaryError"],
  "MaxRetriesPerRequestError",
]);
const AWAY_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
const AWAY_MESSAGES =
  /^(Command timed out|Connection is closed|Stream isn't writeable|READONLY |LOADING |MASTERDOWN |CLUSTERDOWN |TRYAGAIN )/;
/** MongoDB's answers while a replica set chooses a primary or a server shuts down (its error_codes.yml). */
const MONGO_AWAY_CODES = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

/**
 * Whether an error only says that a store, a neighbour or a third party is away for the moment: the same work may succeed
 * a little later. Errors that carry `unavailable: true` say so themselves.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ((error as { unavailable?: unknown }).unavailable === true || AWAY_NAMES.has(error.name)) return true;
  if (error instanceof CallUnreachable) return true;
  if (error instanceof CallFailed) return error.status >= 500 || error.status === 429;
  const { code } = error as { code?: unknown };
  if (error.name === "MongoServerError") return MONGO_AWAY_CODES.has(Number(code));
  return AWAY_CODES.has(String(code)) || AWAY_MESSAGES.test(error.message);
}

/**
 * Lets an event wait for as long as what its handler needs is away: messaging counts no attempt for an error that is
 * marked `unavailable`, so an outage of an hour sends no event to the dead letters.
 */
export const waitWhileUnavailable =
  <A extends unknown[], T>(handle: (...args: A) => Promise<T>) =>
  async (...args: A): Promise<T> => {
    try {
      return await handle(...args);
    } catch (error) {
      throw isUnavailable(error) ? Object.assign(error as Error, { unavailable: true }) : error;
    }
  };
