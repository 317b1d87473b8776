import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { context, propagation } from "@opentelemetry/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountRoute } from "../src/mount-route.ts";
import { createNeighbourClient } from "../src/neighbour-client.ts";
import { createServiceTokens } from "../src/service-token.ts";
import { startTelemetry, type Telemetry } from "../src/telemetry.ts";
import { INTERNAL_KEY, internalThings, sampleApp, whoAmI } from "./sample-app.ts";

const CANARY = "ada@example.com";
const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const TRACEPARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;

/** Takes what Sentry and OpenTelemetry send. */
const received: { url: string; text: string }[] = [];
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const bytes = Buffer.concat(chunks);
    const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
    received.push({ url: request.url ?? "", text: plain.toString("latin1") });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});
const sentTo = (part: string) =>
  received
    .filter(({ url }) => url.includes(part))
    .map(({ text }) => text)
    .join("\n");

let telemetry: Telemetry;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const { port } = collector.address() as AddressInfo;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  telemetry = await startTelemetry({
    service: "product",
    env: { ...process.env, SENTRY_DSN: `http://key@127.0.0.1:${port}/1` },
  });
});
afterAll(() => {
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  collector.close();
});

it("is silent, and loads nothing, where nothing is configured", async () => {
  const off = await startTelemetry({ service: "product", env: {} });
  off.captureError(new Error(CANARY));
  off.traceRequests(sampleApp().app);
  await off.stop();
  expect(received).toEqual([]);
});

describe("what leaves the service", () => {
  it("continues the caller's trace to neighbours, with the request's id", async () => {
    const seen: Record<string, unknown>[] = [];
    const neighbour = sampleApp();
    neighbour.app.addHook("onRequest", async ({ headers }) => void seen.push(headers));
    const baseUrl = await neighbour.app.listen({ port: 0, host: "127.0.0.1" });
    const call = createNeighbourClient({
      baseUrl,
      serviceTokens: createServiceTokens({ name: "order", key: INTERNAL_KEY }),
    });
    const relay = async (traced: boolean) => {
      const { app } = sampleApp();
      if (traced) telemetry.traceRequests(app);
      mountRoute(app, { ...whoAmI, path: "/v1/relay" }, () => call(internalThings, {}));
      return app.inject({ url: "/v1/relay", headers: { traceparent: TRACEPARENT, cookie: `session=${CANARY}` } });
    };
    const replies = [await relay(false), await relay(true)];
    await neighbour.app.close();
    expect(replies.map((reply) => reply.json())).toEqual([{ kind: "order" }, { kind: "order" }]);
    expect(seen[0]).toMatchObject({ traceparent: TRACEPARENT, "x-request-id": replies[0]!.headers["x-request-id"] });
    expect(seen[1]?.traceparent).toMatch(new RegExp(`^00-${TRACE_ID}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
  });
  it("gives events that are written in a request its trace", async () => {
    const { app } = sampleApp();
    telemetry.traceRequests(app);
    const carried: { traceparent?: string } = {};
    mountRoute(app, { ...whoAmI, path: "/v1/outbox" }, () => {
      propagation.inject(context.active(), carried); // as addToOutbox does
      return { kind: "order" };
    });
    await app.inject({ url: "/v1/outbox", headers: { traceparent: TRACEPARENT } });
    expect(carried.traceparent).toMatch(new RegExp(`^00-${TRACE_ID}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
  });
  it("holds the name and the places of an error, and nothing of its message", async () => {
    telemetry.captureError(Object.assign(new TypeError(`no user ${CANARY}`), { code: "E_CANARY", email: CANARY }));
    await telemetry.stop();
    const [errors, spans] = [sentTo("/api/1/envelope"), sentTo("/v1/traces")];
    expect(errors).toContain("TypeError");
    expect(errors).toContain("E_CANARY");
    expect(errors).toContain("telemetry.test.ts");
    expect(spans).toContain("GET /v1/relay");
    expect(spans).toContain("http.response.status_code");
    expect(errors + spans).not.toContain(CANARY);
    expect(errors).not.toContain("no user");
  });
});
