import jwt from "jsonwebtoken";
import { expect, it } from "vitest";
import { createServiceTokens } from "../src/service-token.ts";

const KEY = "a-key-of-at-least-thirty-two-bytes";
const OLD_KEY = "the-old-key-of-at-least-32-bytes!!";
const product = (now?: () => number, otherKey?: string) =>
  createServiceTokens({ name: "product", key: KEY, otherKey, ...(now ? { now } : {}) });
const refusal = (token: string | undefined, tokens = product()) => {
  try {
    return tokens.verify(token);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it("proves the caller's name to its neighbours", () => {
  expect(product().verify(createServiceTokens({ name: "order", key: KEY }).header())).toBe("order");
});

it("is signed anew each minute and worthless after five", () => {
  let nowMs = Date.now();
  const tokens = product(() => nowMs);
  const first = tokens.header();
  expect(tokens.header()).toBe(first);
  expect(tokens.verify(first)).toBe("product");
  nowMs += 60_000;
  expect(tokens.header()).not.toBe(first);
  nowMs += 4 * 60_000 + 1000;
  expect(refusal(first, tokens)).toBe("service_token.invalid");
  expect(
    refusal(
      first,
      product(() => nowMs),
    ),
  ).toBe("service_token.invalid");
});

it("is accepted under either key while keys rotate", () => {
  const old = createServiceTokens({ name: "cart", key: OLD_KEY }).header();
  expect(refusal(old)).toBe("service_token.invalid");
  expect(product(undefined, OLD_KEY).verify(old)).toBe("cart");
});

const sign = (claims: object, options: jwt.SignOptions = {}) =>
  jwt.sign(claims, KEY, { algorithm: "HS256", ...options });
const nowSeconds = Math.floor(Date.now() / 1000);
it.each<[string, string | undefined]>([
  ["no token", undefined],
  ["garbage", "x.y.z"],
  ["another audience", sign({ iss: "order", aud: "tradepost", exp: nowSeconds + 60 })],
  ["an unknown service", sign({ iss: "gateway", aud: "tradepost-internal", exp: nowSeconds + 60 })],
  ["no expiry", sign({ iss: "order", aud: "tradepost-internal" })],
  [
    "a life longer than five minutes",
    sign({ iss: "order", aud: "tradepost-internal", iat: nowSeconds - 400, exp: nowSeconds + 600 }),
  ],
  [
    "another algorithm",
    sign({ iss: "order", aud: "tradepost-internal", exp: nowSeconds + 60 }, { algorithm: "HS512" }),
  ],
  [
    "no signature",
    `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(`{"iss":"order","aud":"tradepost-internal","iat":${nowSeconds},"exp":${nowSeconds + 60}}`).toString("base64url")}.`,
  ],
])("refuses %s", (_, token) => {
  expect(refusal(token)).toBe("service_token.invalid");
});

it("wants keys of 32 bytes", () => {
  expect(() => createServiceTokens({ name: "cart", key: "short" })).toThrow("32 bytes");
  expect(() => product(undefined, "short")).toThrow("32 bytes");
});
