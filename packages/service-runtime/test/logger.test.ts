import fc from "fast-check";
import { expect, it } from "vitest";
import { AppError } from "../src/app-error.ts";
import { createLogger, type Logger } from "../src/logger.ts";
import { hook, sampleApp, writeItem } from "./sample-app.ts";

const CANARIES = ["ada@example.com", "correct horse battery", "Ada Lovelace", "+4915112345678", "sk_live_canary"];

function capture(write: (log: Logger) => void): string {
  let text = "";
  const stream = {
    write: (line: string) => {
      text += line;
    },
  };
  write(createLogger({ service: "order", level: "debug", stream }));
  return text;
}

it("writes allow-listed fields", () => {
  const text = capture((log) =>
    log.child({ requestId: "r-1" }).info({ event: "order.placed", orderId: "o-1", attempt: 2 }),
  );
  expect(JSON.parse(text)).toMatchObject({
    service: "order",
    event: "order.placed",
    requestId: "r-1",
    orderId: "o-1",
    attempt: 2,
  });
});

it("drops every other field, and text where an identifier belongs", () => {
  for (const canary of CANARIES) {
    const text = capture((log) => {
      log.info({ event: "x", email: canary, body: { canary }, password: canary, headers: { cookie: canary } });
      log.info({
        event: `${canary} happened`,
        userId: canary.includes("@") ? canary : `${canary} x`,
        msg: canary,
        orderId: { canary },
      });
      log.child({ email: canary }).warn({ event: "y", [canary]: 1 });
    });
    expect(text.split("\n").filter(Boolean)).toHaveLength(3);
    expect(text).not.toContain(canary);
  }
});

it("keeps of a foreign error its name, code and places, and of an AppError its fixed title", () => {
  const cause = Object.assign(new TypeError(`duplicate key (email)=(${CANARIES[0]})\n    at ${CANARIES[1]}`), {
    code: "23505",
  });
  const text = capture((log) => {
    log.error({ event: "x", err: new Error(`for ${CANARIES[2]}`, { cause }) });
    log.error({ event: "x", err: new AppError(409, "user.exists", "The account exists") });
    log.error({ event: "x", err: CANARIES[3] });
  });
  for (const canary of CANARIES) expect(text).not.toContain(canary);
  expect(text).toContain("logger.test.ts");
  expect(text).toContain('"code":"23505"');
  expect(text).toContain("The account exists");
});

it("never writes what no field allows, whatever it is handed", () => {
  const canary = "canary with spaces@example.com";
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.anything({ values: [fc.constant(canary), fc.string()] })),
      (fields) => !capture((log) => log.info(fields)).includes(canary),
    ),
  );
});

it("holds nothing of what requests carry", async () => {
  const { app, lines } = sampleApp();
  for (const canary of CANARIES) {
    const text = encodeURIComponent(canary);
    const headers = {
      authorization: `Bearer ${text}`,
      cookie: `session=${text}`,
      "user-agent": canary,
      "x-as": canary,
      "content-type": "application/json",
    };
    await app.inject({ url: `/v1/items/${text}?tag=${text}&unknown=${text}`, headers });
    await app.inject({ url: `/${text}`, headers });
    for (const url of [writeItem.path, hook.path]) {
      await app.inject({ method: "POST", url, headers, payload: { name: canary, [canary]: canary } });
      await app.inject({ method: "POST", url, headers, payload: `{"name": ${canary}` });
    }
  }
  expect(lines.length).toBe(CANARIES.length * 6);
  for (const canary of CANARIES) {
    expect(lines.join("")).not.toContain(canary);
    expect(lines.join("")).not.toContain(encodeURIComponent(canary));
  }
});
