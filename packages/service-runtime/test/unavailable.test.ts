import { CallFailed, CallUnreachable } from "@tradepost/api-client/call-error";
import { describe, expect, it } from "vitest";
import { AppError } from "../src/app-error.ts";
import { toAppError } from "../src/problem-response.ts";
import { isUnavailable, waitWhileUnavailable } from "../src/unavailable.ts";

const named = (name: string, more: object = {}) => Object.assign(new Error("away"), { name, ...more });
const problem = (status: number) =>
  new CallFailed({ type: "about:blank", title: "No", status, code: "x", requestId: "r" }, status);

describe("an error that passes by itself", () => {
  it.each([
    ["a store that says so", named("PostgresUnavailable", { unavailable: true })],
    ["MongoDB away", named("MongoServerSelectionError")],
    ["a MongoDB that chooses a new primary", named("MongoServerError", { code: 10_107 })],
    ["a MongoDB whose connections were just cut", named("PoolClearedOnNetworkError")],
    ["a Redis that has just become a replica", named("ReplyError", { message: "READONLY You can't write against" })],
    ["a Redis that is starting", named("ReplyError", { message: "LOADING Redis is loading the dataset in memory" })],
    ["Redis away", named("MaxRetriesPerRequestError")],
    ["a silent Redis", new Error("Command timed out")],
    ["a refused connection", named("Error", { code: "ECONNREFUSED" })],
    ["a neighbour that does not answer", new CallUnreachable("timeout", "GET /x")],
    ["a neighbour with a fault", problem(503)],
  ])("is %s: the caller is told to come back, an event waits", async (_, error) => {
    expect(isUnavailable(error)).toBe(true);
    expect(toAppError(error)).toMatchObject({
      ...{ status: 503, code: "service.unavailable", headers: { "retry-after": "1" } },
    });
    await expect(waitWhileUnavailable(() => Promise.reject(error))()).rejects.toMatchObject({ unavailable: true });
  });

  it.each([
    ["a mistake of ours", new TypeError("x is undefined")],
    ["a refusal", new AppError(409, "stock.insufficient", "Not enough")],
    ["a neighbour's refusal", problem(404)],
    ["a script's own fault", named("ReplyError", { message: "ERR wrong number of arguments" })],
    ["a statement's own fault", named("MongoServerError", { code: 11_000 })],
  ])("is not %s", async (_, error) => {
    expect(isUnavailable(error)).toBe(false);
    expect(toAppError(error).code).not.toBe("service.unavailable");
    await expect(waitWhileUnavailable(() => Promise.reject(error))()).rejects.not.toHaveProperty("unavailable");
  });
});
