import { expect, it } from "vitest";
import {
  confirmationPath,
  knownOrders,
  orderPath,
  orderToken,
  rememberOrder,
  tokenHeader,
} from "../src/features/orders/order-access.ts";
import { memoryStorage } from "./memory-storage.ts";

it("takes the token from the private link first, then from this browser", () => {
  const browser = memoryStorage();
  expect(orderToken("o1", "", () => browser)).toBeUndefined();
  rememberOrder({ id: "o1", number: "T-1", token: "kept" }, () => browser);
  expect(orderToken("o1", "", () => browser)).toBe("kept");
  expect(orderToken("o1", "#token=from-link", () => browser)).toBe("from-link");
  expect(orderToken("o2", "#main", () => browser)).toBeUndefined();
});

it("remembers the latest twenty orders, each once", () => {
  const browser = memoryStorage();
  for (let index = 0; index < 25; index++) {
    rememberOrder({ id: `o${index}`, number: `T-${index}`, token: "t" }, () => browser);
  }
  rememberOrder({ id: "o10", number: "T-10", token: "new" }, () => browser);
  const known = knownOrders(() => browser);
  expect(known).toHaveLength(20);
  expect(known[0]).toEqual({ id: "o10", number: "T-10", token: "new" });
  expect(known.filter(({ id }) => id === "o10")).toHaveLength(1);
});

it("keeps the token in the fragment of a link", () => {
  expect(orderPath("o1", "abc_-1")).toBe("/orders/o1#token=abc_-1");
  expect(confirmationPath("o1")).toBe("/confirmation/o1");
  expect(tokenHeader(undefined)).toEqual({});
  expect(tokenHeader("abc")).toEqual({ "x-order-token": "abc" });
});
