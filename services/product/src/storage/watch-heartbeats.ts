import type { MongoClient } from "mongodb";

/** A check takes at most connectTimeoutMS, and with MongoDB's streaming protocol ten seconds more. */
const UNANSWERED_MS = 30_000;

type Monitored = Pick<MongoClient, "on">;

/**
 * Tells once when a check of a server has neither an answer nor an error after half a minute. The driver (7.9) waits for
 * ever for a socket to drain when the server hangs up in the moment in which it writes, and checks no more: this
 * process then finds no server until it is started anew.
 */
export function watchHeartbeats(client: Monitored, onStuck: (address: string) => void, afterMs = UNANSWERED_MS): void {
  const waiting = new Map<string, NodeJS.Timeout>();
  const settle = ({ connectionId }: { connectionId: string }): void => {
    clearTimeout(waiting.get(connectionId));
    waiting.delete(connectionId);
  };
  client.on("serverHeartbeatStarted", (check) => {
    settle(check);
    // In two halves: after a pause of the whole machine one timer is over at once, and then the answer may come.
    const wait = (then: () => void) => waiting.set(check.connectionId, setTimeout(then, afterMs / 2).unref());
    wait(() => wait(() => onStuck(check.connectionId)));
  });
  client.on("serverHeartbeatSucceeded", settle);
  client.on("serverHeartbeatFailed", settle);
  client.on("serverClosed", ({ address }) => settle({ connectionId: address }));
}
