import type { Stripe } from "stripe";
import { z } from "zod";
import type { Tx } from "../storage/transaction.ts";
import { invalidRequest, noSuch } from "./errors.ts";
import { given } from "./given.ts";
import { newId, randomText } from "./ids.ts";
import { page, paging } from "./list.ts";
import { emptyable, flag, mergeMetadata, metadata, opaque, text } from "./params.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

const events = z.array(text).min(1);
const Create = z.strictObject({
  url: text,
  enabled_events: events,
  api_version: text.optional(),
  connect: flag.optional(),
  description: emptyable(text).optional(),
  metadata: metadata.optional(),
});
const Update = z.strictObject({
  url: text.optional(),
  enabled_events: events.optional(),
  disabled: flag.optional(),
  description: emptyable(text).optional(),
  metadata: metadata.optional(),
  payload: opaque.optional(),
});

export const webhookEndpointRoutes: StripeRoute[] = [
  stripeRoute("POST /v1/webhook_endpoints", Create, (tx, { params }) => {
    const endpoint = newEndpoint(tx, newId("we"), checkUrl(params.url), params.enabled_events);
    const secret = `whsec_${randomText(32)}`;
    tx.put("webhook_secrets", { id: endpoint.id, secret });
    const { api_version, description } = params;
    const kept = { ...endpoint, ...given({ api_version, description }), metadata: mergeMetadata({}, params.metadata) };
    // The secret is told once, at creation.
    return { ...tx.put("webhook_endpoints", kept), secret };
  }),
  stripeRoute("GET /v1/webhook_endpoints", z.strictObject(paging), (tx, { params }) =>
    page("/v1/webhook_endpoints", tx.all("webhook_endpoints"), params),
  ),
  stripeRoute("GET /v1/webhook_endpoints/:id", z.strictObject({}), (tx, { id }) => findEndpoint(tx, id)),
  stripeRoute("POST /v1/webhook_endpoints/:id", Update, (tx, { id, params }) => {
    const before = findEndpoint(tx, id);
    const { description, enabled_events, disabled } = params;
    return tx.put("webhook_endpoints", {
      ...before,
      ...given({ description, enabled_events }),
      ...(params.url !== undefined && { url: checkUrl(params.url) }),
      ...(disabled !== undefined && { status: disabled ? "disabled" : "enabled" }),
      metadata: mergeMetadata(before.metadata, params.metadata),
    });
  }),
  stripeRoute("DELETE /v1/webhook_endpoints/:id", z.strictObject({}), (tx, { id }) => {
    const endpoint = findEndpoint(tx, id);
    removeEndpoint(tx, id);
    return { id, object: endpoint.object, deleted: true };
  }),
];

const configuredId = "we_configured";

/** Makes the endpoint of the command line the one that is in force; without one, an earlier run's is forgotten. */
export function configureEndpoint(tx: Tx, configured: { url: string; secret: string } | undefined): void {
  if (!configured) {
    removeEndpoint(tx, configuredId);
    return;
  }
  tx.put("webhook_endpoints", newEndpoint(tx, configuredId, configured.url, ["*"]));
  tx.put("webhook_secrets", { id: configuredId, secret: configured.secret });
}

function removeEndpoint(tx: Tx, id: string): void {
  tx.remove("webhook_endpoints", id);
  tx.remove("webhook_secrets", id);
  for (const delivery of tx.all("deliveries_due").filter(({ endpoint }) => endpoint === id)) {
    tx.remove("deliveries_due", delivery.id);
  }
}

function findEndpoint(tx: Tx, id: string): Stripe.WebhookEndpoint {
  const found = tx.get("webhook_endpoints", id);
  if (!found) throw noSuch("webhook endpoint", id);
  return found;
}

function newEndpoint(tx: Tx, id: string, url: string, enabled_events: string[]): Stripe.WebhookEndpoint {
  return {
    id,
    object: "webhook_endpoint",
    api_version: null,
    application: null,
    created: tx.now,
    description: null,
    enabled_events,
    livemode: false,
    metadata: {},
    status: "enabled",
    url,
  };
}

function checkUrl(url: string): string {
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw invalidRequest(`Invalid URL: ${url}`, { code: "url_invalid", param: "url" });
}
