import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventsByService, routesByService } from "@tradepost/contracts/catalog";
import { consumersByService } from "@tradepost/contracts/consumers";
import { isExposed } from "@tradepost/contracts/route";
import { expect, it, onTestFinished } from "vitest";
import { documents, outdated, writeDocuments } from "../src/documents.ts";
import { serviceEvents } from "../src/service-events.ts";

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: object }>>;
  channels: Record<string, { address: string }>;
  operations: Record<string, { action: string }>;
}
const keysOf = (events: readonly { routingKey: string }[]) => events.map(({ routingKey }) => routingKey).join(" ");
const documentOf = (path: string): Document => JSON.parse(documents().get(path)!);

function temporaryDocs(): string {
  const folder = mkdtempSync(join(tmpdir(), "tradepost-docs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeDocuments(folder);
  return folder;
}

it("finds the committed documents up to date", () => {
  expect(outdated(docs), "run: npm run openapi").toEqual([]);
});

it("finds the consumers that publishers know of in the services' code, and no others", () => {
  const written = serviceEvents().flatMap(({ consumers }) =>
    consumers.map(({ service, name, events }) => [service, name, keysOf(events)]),
  );
  const known = Object.entries(consumersByService).flatMap(([service, consumers]) =>
    Object.entries(consumers).map(([name, events]) => [service, name, keysOf(events)]),
  );
  expect(known.sort(), "packages/contracts/src/consumers.ts").toEqual(written.sort());
});

it("gives the same text every time", () => {
  expect([...documents()]).toEqual([...documents()]);
});

it("notices a changed, a missing and a leftover document", () => {
  const folder = temporaryDocs();
  expect(outdated(folder)).toEqual([]);
  const cart = join(folder, "openapi/cart.json");
  writeFileSync(cart, readFileSync(cart, "utf8").replace("/v1/cart", "/v1/basket"));
  rmSync(join(folder, "asyncapi.json"));
  writeFileSync(join(folder, "openapi/gone.json"), "{}");
  expect(outdated(folder).sort()).toEqual(["asyncapi.json", "openapi/cart.json", "openapi/gone.json"]);
});

it("documents for clients exactly what the gateway exposes", () => {
  const { paths } = documentOf("openapi/tradepost.json");
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const exposed = Object.values(routesByService)
    .flatMap((routes) => Object.values(routes))
    .filter(isExposed)
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect(documented.sort()).toEqual(exposed.sort());
  expect(Object.keys(paths).filter((path) => path.startsWith("/internal"))).toEqual([]);
});

it("documents a service's internal routes too", () => {
  for (const [service, routes] of Object.entries(routesByService)) {
    const operations = Object.values(documentOf(`openapi/${service}.json`).paths).flatMap((path) =>
      Object.values(path),
    );
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
  }
});

it("documents every event, who sends it and who handles it", () => {
  const { channels, operations } = documentOf("asyncapi.json");
  const routingKeys = new Set(
    Object.values(eventsByService).flatMap((events) => Object.values(events).map((e) => e.routingKey)),
  );
  expect(
    Object.values(channels)
      .map(({ address }) => address)
      .sort(),
  ).toEqual([...routingKeys].sort());
  expect(operations["order.record-capture.receive.payment.captured.v1"]).toMatchObject({ action: "receive" });
  expect(operations["payment.send.payment.captured.v1"]).toMatchObject({ action: "send" });
});
