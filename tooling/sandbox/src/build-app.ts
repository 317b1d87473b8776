import Fastify, { type FastifyInstance } from "fastify";
import qs from "qs";
import { mountInboxPage } from "./inbox/inbox-page.ts";
import { mountInbox } from "./inbox/inbox-routes.ts";
import { mountKmsApi } from "./kms/kms-api.ts";
import { mountLandingPage } from "./pages/landing-page.ts";
import { mountAssets } from "./pages/layout.ts";
import { mountThreeDsPage } from "./pages/three-ds-page.ts";
import { mountSandboxRoutes } from "./sandbox-routes.ts";
import { mountSendGridApi } from "./sendgrid/sendgrid-api.ts";
import { chargeRoutes } from "./stripe/charges.ts";
import { customerRoutes } from "./stripe/customers.ts";
import { disputeRoutes } from "./stripe/disputes.ts";
import { eventRoutes } from "./stripe/events.ts";
import { paymentIntentRoutes } from "./stripe/payment-intents.ts";
import { paymentMethodRoutes } from "./stripe/payment-method-routes.ts";
import { refundRoutes } from "./stripe/refunds.ts";
import { setupIntentRoutes } from "./stripe/setup-intents.ts";
import { mountStripeApi, newRequestId, type StripeApiParts } from "./stripe/stripe-api.ts";
import { webhookEndpointRoutes } from "./stripe/webhook-endpoints.ts";
import { mountTwilioApi } from "./twilio/twilio-api.ts";

export type AppParts = Omit<StripeApiParts, "routes"> & {
  /** Where the sandbox is reached; known once it listens. */
  url: () => string;
  reset: () => void;
};

const routes = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...paymentIntentRoutes,
  ...setupIntentRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
];

/** Stripe's bracket notation: `metadata[order]=42`, `expand[]=latest_charge`. */
const parseForm = (text: string) => qs.parse(text, { depth: 10, arrayLimit: 1000, plainObjects: true });

/** All routes of the sandbox; each provider in a scope of its own, with its own faults and errors. */
export function buildApp(parts: AppParts): FastifyInstance {
  const app = Fastify({
    forceCloseConnections: true,
    bodyLimit: 30 * 1024 * 1024, // SendGrid's limit for a mail
    genReqId: newRequestId,
    routerOptions: { querystringParser: parseForm },
  });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, parseForm(body as string)),
  );
  app.register(async (scope) => mountStripeApi(scope, { ...parts, routes }));
  app.register(async (scope) => mountSendGridApi(scope, parts));
  app.register(async (scope) => mountTwilioApi(scope, parts));
  app.register(async (scope) => mountKmsApi(scope, parts));
  app.register(async (scope) => {
    mountAssets(scope);
    mountLandingPage(scope, parts);
    mountThreeDsPage(scope, parts);
    mountInbox(scope, parts.store);
    mountInboxPage(scope, parts.store);
  });
  app.register(async (scope) => mountSandboxRoutes(scope, parts));
  return app;
}
