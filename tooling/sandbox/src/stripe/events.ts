import { z } from "zod";
import { noSuch } from "./errors.ts";
import { page, paging } from "./list.ts";
import { flag, text } from "./params.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

const EventList = z.strictObject({
  ...paging,
  type: text.optional(),
  types: z.array(text).max(20).optional(),
  delivery_success: flag.optional(),
});

export const eventRoutes: StripeRoute[] = [
  stripeRoute("GET /v1/events", EventList, (tx, { params }) => {
    const wanted = tx
      .all("events")
      .filter(({ type }) => params.type === undefined || matchesType(type, params.type))
      .filter(({ type }) => params.types === undefined || params.types.includes(type))
      .filter(
        ({ pending_webhooks: left }) =>
          params.delivery_success === undefined || params.delivery_success === (left === 0),
      );
    return page("/v1/events", wanted, params);
  }),
  stripeRoute("GET /v1/events/:id", z.strictObject({}), (tx, { id }) => {
    const event = tx.get("events", id);
    if (!event) throw noSuch("event", id);
    return event;
  }),
];

/** A type may end in a wildcard: `charge.*`. */
function matchesType(type: string, wanted: string): boolean {
  return wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
