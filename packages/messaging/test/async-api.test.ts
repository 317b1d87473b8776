import { defineEvent } from "@tradepost/contracts/event";
import { expect, it } from "vitest";
import { z } from "zod";
import { asyncApiDocument } from "../src/async-api.ts";
import { bellRung } from "./rig.ts";

const ropeTorn = defineEvent("rope.torn", 2, z.object({ tower: z.string() }));
const tower = { service: "tower", publishes: [ropeTorn, bellRung], consumers: [] };
const town = {
  service: "town",
  publishes: [],
  consumers: [{ service: "town", name: "wake-up", events: [bellRung] }],
};
const info = { title: "Bells", version: "1" };

it("tells who publishes and who handles which event, with its schema", () => {
  const document = asyncApiDocument(info, [tower, town]);
  expect(Object.keys(document.channels)).toEqual(["bell.rung.v1", "rope.torn.v2"]);
  expect(document.channels["bell.rung.v1"]).toMatchObject({
    address: "bell.rung.v1",
    bindings: { amqp: { exchange: { name: "tradepost.events" } } },
  });
  expect(document.operations).toMatchObject({
    "tower.send.bell.rung.v1": { action: "send", channel: { $ref: "#/channels/bell.rung.v1" } },
    "town.wake-up.receive.bell.rung.v1": { action: "receive", summary: "town.wake-up handles it" },
  });
  expect(document.components.messages["rope.torn.v2"]?.payload).toMatchObject({
    properties: { name: { const: "rope.torn" }, payload: { properties: { tower: { type: "string" } } } },
  });
});

it("has only references that lead somewhere", () => {
  const document = asyncApiDocument(info, [tower, town]);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) =>
    path!.split("/"),
  );
  expect(references.length).toBeGreaterThan(4);
  for (const path of references) {
    const target = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document);
    expect(target, path.join("/")).toBeTypeOf("object");
  }
});

it("is the same text whatever the order of events and services", () => {
  const shuffled = { ...tower, publishes: [bellRung, ropeTorn] };
  expect(JSON.stringify(asyncApiDocument(info, [town, shuffled]))).toBe(
    JSON.stringify(asyncApiDocument(info, [tower, town])),
  );
});

it("refuses a consumer of an event that nobody publishes", () => {
  expect(() => asyncApiDocument(info, [town])).toThrow("town.wake-up consumes bell.rung.v1, which nobody publishes");
});
