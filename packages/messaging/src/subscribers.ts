import { eventsByService } from "@tradepost/contracts/catalog";
import { consumersByService } from "@tradepost/contracts/consumers";
import type { ServiceName } from "@tradepost/contracts/route";
import type { ConsumerContract } from "./consumer-contract.ts";

/** The consumers of a service's events, wherever they run, each with those of its events that the service publishes. */
export function subscribersOf(publisher: string): ConsumerContract[] {
  const published = new Set(Object.values(eventsByService[publisher as ServiceName] ?? {}));
  return Object.entries(consumersByService).flatMap(([service, consumers]) =>
    Object.entries(consumers).flatMap(([name, handled]) => {
      const events = handled.filter((event) => published.has(event));
      return events.length === 0 ? [] : [{ service, name, events }];
    }),
  );
}
