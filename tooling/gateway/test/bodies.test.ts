import { connect } from "node:net";
import { expect, it } from "vitest";
import { gatewayForTest, sendRaw } from "./gateway-for-tests.ts";

const LIMIT = 256 * 1024;
const post = (url: string, body: RequestInit["body"], headers = {}) =>
  fetch(`${url}/v1/orders`, { method: "POST", body, headers, duplex: "half" } as RequestInit);
/** Without a length: sent in chunks. */
const chunked = (size: number) => new Blob(["x".repeat(size)]).stream();

it("passes a body on whole, with or without a length", async () => {
  const gateway = await gatewayForTest();
  const text = JSON.stringify({ name: "Zoë", pad: "ü".repeat(50_000) });
  await post(gateway.url, text);
  await post(gateway.url, new Blob([text]).stream());
  expect(gateway.arrivals.map(({ body }) => body)).toEqual([text, text]);
  expect(gateway.arrivals.map(({ headers }) => headers["content-length"])).toEqual(
    Array(2).fill(String(Buffer.byteLength(text))),
  );
});

it.each([
  ["with its length told", (size: number) => "x".repeat(size)],
  ["in chunks", chunked],
])("refuses a body over 256 kB %s, and takes one of exactly that", async (_how, make) => {
  const gateway = await gatewayForTest();
  expect((await post(gateway.url, make(LIMIT))).status).toBe(200);
  const answer = await post(gateway.url, make(LIMIT + 1));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: "request.too_large", status: 413 });
  expect(gateway.arrivals).toHaveLength(1);
});

it("goes on with a connection whose body was refused", async () => {
  const gateway = await gatewayForTest();
  const big = "x".repeat(LIMIT + 1);
  const request = `POST /v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: ${big.length}\r\n\r\n${big}`;
  const answer = await sendRaw(
    gateway.port,
    `${request}GET /v1/products HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
  );
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 200"]);
});

it("ends the connection of a body without end", async () => {
  const gateway = await gatewayForTest();
  const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
  let sent = 0;
  await new Promise<void>((resolve) => {
    const socket = connect(gateway.port, "127.0.0.1", () => {
      socket.write("POST /v1/orders HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n");
      const more = () => {
        while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
      };
      socket.on("drain", more);
      more();
    });
    socket.on("error", () => {}).on("close", () => resolve());
  });
  expect(sent).toBeGreaterThan(LIMIT);
  expect(gateway.arrivals).toEqual([]);
});

it("tells a client that asks first not to send too much, and another to go on", async () => {
  const gateway = await gatewayForTest();
  const ask = (length: number, body = "") =>
    sendRaw(
      gateway.port,
      `POST /v1/orders HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n${body}`,
    );
  expect(await ask(LIMIT + 1, "x".repeat(LIMIT + 1))).toMatch(/^HTTP\/1\.1 417 [\s\S]*request\.too_large/);
  expect(await ask(2, "{}")).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  expect(gateway.arrivals.map(({ body }) => body)).toEqual(["{}"]);
});

it("shows no service half a body", async () => {
  const gateway = await gatewayForTest();
  await new Promise<void>((resolve) => {
    const socket = connect(gateway.port, "127.0.0.1", () => {
      socket.write("POST /v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{");
      socket.end();
    });
    socket.resume().on("error", () => {});
    socket.on("close", () => resolve());
  });
  await fetch(`${gateway.url}/v1/products`);
  expect(gateway.arrivals.map(({ url }) => url)).toEqual(["/v1/products"]);
});
