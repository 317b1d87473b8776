import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listCategories } from "@tradepost/contracts/product";
import { expect, it } from "vitest";
import { askEarly, fetchOrTakeEarly } from "../src/app/early-answers.ts";
import { matchAddress } from "../src/app/match-address.ts";
import { findPage, PAGES } from "../src/app/pages.ts";

const market = { locale: "en", currency: "EUR" } as const;

it("finds the page and the parameters of an address", () => {
  expect(matchAddress("/product/:slug", "/product/mug/")).toEqual({ slug: "mug" });
  expect(matchAddress("/product/:slug", "/product")).toBeUndefined();
  expect(findPage("/", market)?.path).toBe("/");
  expect(findPage("/checkout/pay/o1?declined=generic#token=t", market)).toMatchObject({
    path: "/checkout/pay/:orderId",
    visit: { params: { orderId: "o1" } },
  });
  expect(findPage("/no/such/page", market)).toBeUndefined();
});

it("asks for a list as its address narrows it", () => {
  const found = findPage("/category/lighting?colour=green&inStock=true&minPrice=x", market);
  expect(found?.page.asks?.(found.visit)[0]?.input).toEqual({
    query: { category: "lighting", colour: ["green"], inStock: "true", currency: "EUR", limit: 24, cursor: undefined },
  });
});

it("has every page's code", async () => {
  for (const [path, { load }] of Object.entries(PAGES)) expect((await load()).default, path).toBeTypeOf("function");
});

it("asks once and early, and hands the answer over once", async () => {
  let asked = 0;
  const server = createServer((_request, response) => response.end(String(++asked)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  askEarly({ route: { ...listCategories, path: `${origin}/v1/categories` as "/" }, input: {} }, "en");
  const take = async () => (await fetchOrTakeEarly(`${origin}/v1/categories`, { method: "GET" })).text();
  expect(await take()).toBe("1");
  expect(await take()).toBe("2");
  server.close();
});
