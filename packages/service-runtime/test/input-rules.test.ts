import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containsCardNumber } from "../src/card-number.ts";
import { applyInputRules } from "../src/input-rules.ts";
import { hook, readItem, sampleApp, writeItem } from "./sample-app.ts";

const JSON_TYPE = { "content-type": "application/json" };
const post = (payload: string | Buffer, headers: Record<string, string> = JSON_TYPE, sample = sampleApp()) =>
  sample.app.inject({ method: "POST", url: writeItem.path, headers, payload });

describe("S7: a body", () => {
  it.each([
    ["an operator key", '{"nested":{"$gt":""}}'],
    ["__proto__", '{"__proto__":{"isAdmin":true}}'],
    ["a nested __proto__", '{"nested":[{"__proto__":1}]}'],
    ["constructor", '{"nested":{"constructor":{"prototype":1}}}'],
    ["prototype", '{"nested":{"prototype":1}}'],
    ["a length that cannot be compared", '{"note":{"length":{"toString":1}}}'],
    ["a value that is none", '{"nested":[{"length":{"valueOf":1}}]}'],
    ["a control character", '{"name":"a\\u0000b"}'],
    ["a C1 control character", '{"name":"a\\u0085b"}'],
    ["half a surrogate pair", '{"name":"\\ud800"}'],
    ["an infinite number", '{"count":1e999}'],
    ["nesting 21 deep", `{"nested":${"[".repeat(21)}${"]".repeat(21)}}`],
    ["nesting so deep that recursion would end", `{"nested":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ])("with %s is refused", async (_, payload) => {
    const reply = await post(payload);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe("request.invalid");
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
  it("may hold line breaks, tabs and nesting up to 20", async () => {
    expect((await post('{"name":"a\\n\\tb"}')).json()).toEqual({ name: "a\n\tb" });
    expect((await post(`{"nested":${"[".repeat(18)}${"]".repeat(18)}}`)).statusCode).toBe(201);
  });
  it("comes out in Unicode NFC", async () => {
    expect((await post('{"name":"Ame\\u0301lie"}')).json()).toEqual({ name: "Am\u00e9lie" });
  });
  it.each([
    ["cut off", '{"name":'],
    ["empty of JSON", "not json"],
    ["not UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])("that is %s is malformed", async (_, payload) => {
    expect((await post(payload)).json()).toMatchObject({ status: 400, code: "request.malformed" });
  });
  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"])(
    "of %s is refused",
    async (type) => {
      expect((await post('{"name":"x"}', { "content-type": type })).json()).toMatchObject({
        status: 415,
        code: "request.media_type",
      });
    },
  );
  it.each([
    ["utf-8", 201],
    ["UTF-8", 201],
    ['"utf8"', 201],
    ["latin1", 415],
    ["utf-16", 415],
    ["no-such-charset", 415],
  ])("in charset %s answers %i", async (charset, status) => {
    const reply = await post('{"name":"x"}', { "content-type": `application/json; charset=${charset}` });
    expect(reply.statusCode).toBe(status);
  });
  it("over 256 KB is refused, on webhooks too", async () => {
    const payload = JSON.stringify({ name: "x".repeat(256 * 1024) });
    expect((await post(payload)).json()).toMatchObject({ status: 413, code: "request.too_large" });
    const reply = await sampleApp().app.inject({ method: "POST", url: hook.path, headers: JSON_TYPE, payload });
    expect(reply.statusCode).toBe(413);
  });
  it("is missed where the contract has one", async () => {
    expect((await sampleApp().app.inject({ method: "POST", url: writeItem.path })).json().code).toBe("request.invalid");
    expect((await post("")).statusCode).toBe(400);
  });
});

describe("an address", () => {
  it.each(["/v1/items/%00", "/v1/items/a?tag=%00", "/v1/items/a?$where=1", "/v1/items/a?__proto__=1"])(
    "like %s is refused",
    async (url) => {
      expect((await sampleApp().app.inject(url)).json()).toMatchObject({ status: 400, code: "request.invalid" });
    },
  );
  it.each(["/v1/items/%", "/v1/items/%c3%28"])("like %s is malformed", async (url) => {
    const reply = await sampleApp().app.inject(url);
    expect(reply.json()).toMatchObject({
      status: 400,
      code: "request.malformed",
      requestId: reply.headers["x-request-id"],
    });
  });
  it("that leads nowhere, or a method without a route, is not found", async () => {
    for (const request of [{ url: "/nowhere" }, { url: readItem.path, method: "DELETE" as const }]) {
      expect((await sampleApp().app.inject(request)).json()).toMatchObject({ status: 404, code: "route.not_found" });
    }
  });
});

describe("S10: card numbers", () => {
  const CARDS = [
    "4111111111111111",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "6011111111111117",
    "30569309025904",
    "3530111333300000",
    "6205500000000000004",
    "4222222222222",
  ];
  const spaced = (card: string) => card.replace(/(.{4})(?=.)/g, "$1 ");

  it.each(CARDS)("%s are refused wherever they hide, and never logged", async (card) => {
    const bodies = [
      { name: card },
      { name: spaced(card) },
      { name: spaced(card).replaceAll(" ", "-") },
      { name: `my card is ${card}, thanks` },
      { name: `12 ${spaced(card)} 99` },
      { nested: [{ deep: [`x${card}y`] }] },
      { nested: { [card]: 1 } },
    ];
    const sample = sampleApp();
    for (const body of bodies) {
      const reply = await post(JSON.stringify(body), JSON_TYPE, sample);
      expect(reply.json()).toMatchObject({ status: 400, code: "card.number_refused" });
      expect(reply.body).not.toContain(card);
    }
    const reply = await sample.app.inject(`/v1/items/${card}?tag=${card}`);
    expect(reply.json().code).toBe("card.number_refused");
    expect(sample.lines.join("")).not.toContain(card.slice(0, 12));
  });
  it("are found among any groups of digits, as a look at each stretch of them would", () => {
    const luhn = (digits: string) =>
      [...digits]
        .reverse()
        .reduce(
          (sum, text, i) => sum + [...String(Number(text) * (1 + (i % 2)))].reduce((a, b) => a + Number(b), 0),
          0,
        ) %
        10 ===
      0;
    const isCard = (digits: string) => /^(?=[3-6]|2[2-7])\d{13,19}$/.test(digits) && luhn(digits);
    const found = (groups: string[]) =>
      groups.some((_, from) => groups.some((_group, to) => isCard(groups.slice(from, to + 1).join(""))));
    const group = fc.stringMatching(/^\d{1,6}$/);
    fc.assert(
      fc.property(fc.array(group, { minLength: 5, maxLength: 9 }), fc.constantFrom(" ", "-"), (groups, gap) => {
        fc.pre(groups.join("").length >= 13);
        expect(containsCardNumber(groups.join(gap))).toBe(found(groups));
      }),
      { numRuns: 2_000 },
    );
  });
  it("are refused as JSON numbers and in full-width digits", async () => {
    expect((await post('{"count":4111111111111111}')).json().code).toBe("card.number_refused");
    expect(containsCardNumber("４１１１１１１１１１１１１１１１")).toBe(true);
  });
  it.each([
    ["a number that fails the check", "4111111111111112"],
    ["a UUID", "41111111-1111-4111-8111-111111111111"],
    ["a UUID in a sentence", "about order 41111111-1111-4111-8111-111111111111, please"],
    ["a digest", "ab4111111111111111cd4111111111111111"],
    ["a phone number", "+4915112345678"],
    ["a time in milliseconds", "1767225600000"],
    ["twelve digits", "411111111111"],
    ["twenty digits", "41111111111111111111"],
  ])("are not seen in %s", (_, text) => {
    expect(containsCardNumber(text)).toBe(false);
  });
  it("may stand in the fields that hold long numbers by their nature, and in no other", () => {
    const parcel = "9261290100123456784";
    const ruled = (body: object) => () => applyInputRules(body, ["trackingNumber"]);
    expect(containsCardNumber("6011123456789019")).toBe(true);
    expect(ruled({ trackingNumber: "6011123456789019", other: parcel })()).toEqual({
      trackingNumber: "6011123456789019",
      other: parcel,
    });
    expect(ruled({ trackingNumber: "x", note: "6011123456789019" })).toThrow("Card numbers");
    expect(ruled({ nested: { trackingNumber: "6011123456789019" } })).toThrow("Card numbers");
  });
  it("are not seen in any UUID or E.164 number, and are judged in reasonable time", () => {
    fc.assert(fc.property(fc.uuid(), (id) => !containsCardNumber(id)));
    const digest = fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString("hex"));
    fc.assert(fc.property(digest, (hex) => !/[a-f]/.test(hex) || !containsCardNumber(hex)));
    fc.assert(fc.property(fc.bigInt(1_000_000n, 999_999_999_999_999n), (number) => !containsCardNumber(`+${number}`)));
    // A search that looks again and again would outlast what a test may take.
    containsCardNumber("1 ".repeat(128 * 1024));
    containsCardNumber("1".repeat(256 * 1024));
    containsCardNumber("-a1".repeat(85 * 1024));
  });
});

it("input rules leave plain JSON as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const copy = structuredClone(value);
      let ruled: unknown;
      try {
        ruled = applyInputRules(copy);
      } catch {
        return true;
      }
      return JSON.stringify(ruled).normalize("NFC") === JSON.stringify(value).normalize("NFC");
    }),
  );
});
