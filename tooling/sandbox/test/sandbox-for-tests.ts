import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../src/start-sandbox.ts";

/** A sandbox on a free port for one test, closed when the test ends. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The official client, pointed at the sandbox as a service would point it. */
export function stripeFor({ port }: { port: number }, key = "sk_test_shop", more: Stripe.StripeConfig = {}): Stripe {
  return new Stripe(key, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
    ...more,
  });
}

export type Received = { event: Stripe.Event; signature: string; body: string };
export type Hook = { url: string; received: Received[]; answer: (status: number) => void };

/** A shop's webhook endpoint: records what arrives and answers with the status it is told, 200 at first. */
export async function openHook(): Promise<Hook> {
  const received: Received[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ event: JSON.parse(body), signature: String(request.headers["stripe-signature"]), body });
      response.writeHead(status).end();
    });
  });
  const port = await listen(server);
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${port}/webhooks/stripe`,
    received,
    answer: (next) => {
      status = next;
    },
  };
}

export function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
}

/** The error that a call to Stripe ends with. */
export async function refusalOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error("the call was accepted");
}

/** What makes a payment that only ever uses cards, without a page to come back to. */
export const cardOnly = { automatic_payment_methods: { enabled: true, allow_redirects: "never" as const } };
