import { connect } from "node:net";
import { expect, it } from "vitest";
import { gatewayForTest, sendRaw } from "./gateway-for-tests.ts";

const INNER = "GET /internal/sessions/checks HTTP/1.1\r\nhost: a\r\n\r\n";
const head = (...lines: string[]) => `POST /v1/orders HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;

it.each<[string, string]>([
  [
    "both a length and chunks",
    `${head("host: a", "content-length: 4", "transfer-encoding: chunked")}0\r\n\r\n${INNER}`,
  ],
  [
    "chunks and then a length",
    `${head("host: a", "transfer-encoding: chunked", "content-length: 4")}0\r\n\r\n${INNER}`,
  ],
  ["two different lengths", head("host: a", "content-length: 0", `content-length: ${INNER.length}`) + INNER],
  ["two equal lengths", head("host: a", "content-length: 0", "content-length: 0") + INNER],
  ["a list of lengths", head("host: a", `content-length: 0, ${INNER.length}`) + INNER],
  ["a signed length", head("host: a", "content-length: +0") + INNER],
  ["an unknown coding", `${head("host: a", "transfer-encoding: xchunked")}0\r\n\r\n${INNER}`],
  ["a coding after chunks", `${head("host: a", "transfer-encoding: chunked, identity")}0\r\n\r\n${INNER}`],
  ["a space before the colon", `${head("host: a", "transfer-encoding : chunked")}0\r\n\r\n${INNER}`],
  ["a folded header", `${head("host: a", "x: 1", " transfer-encoding: chunked")}0\r\n\r\n${INNER}`],
  ["a bare line feed", `POST /v1/orders HTTP/1.1\nhost: a\ncontent-length: 0\n\n${INNER}`],
  ["a header ended by a bare return", `${head("host: a", "x: 1\rtransfer-encoding: chunked")}0\r\n\r\n${INNER}`],
  ["a null in a header", head("host: a", "x: a\0b") + INNER],
  ["a chunk size that is none", `${head("host: a", "transfer-encoding: chunked")}0x0\r\n\r\n${INNER}`],
  ["a chunk longer than it says", `${head("host: a", "transfer-encoding: chunked")}1\r\nab\r\n0\r\n\r\n${INNER}`],
  ["no host", head("content-length: 0")],
  ["two hosts", head("host: a", "host: b", "content-length: 0", "connection: close")],
  ["two authorisations", head("host: a", "authorization: Bearer a", "authorization: Bearer b", "connection: close")],
  [
    "an upgrade to HTTP/2",
    head("host: a", "connection: upgrade, http2-settings", "upgrade: h2c", "http2-settings: AA"),
  ],
  ["a space in the path", "GET /v1/products /internal HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"],
  ["a byte above 127 in the path", "GET /v1/products?q=\xff HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"],
  ["the proxy's own method", "CONNECT product:3000 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"],
  ["HTTP/2 without being asked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
])("refuses a request with %s, and all that follows it", async (_what, bytes) => {
  const gateway = await gatewayForTest();
  const answer = await sendRaw(gateway.port, bytes);
  expect(answer.match(/HTTP\/1\.1 \d+/g) ?? ["closed"]).toHaveLength(1);
  expect(answer === "" || /^HTTP\/1\.1 4\d\d /.test(answer), answer.slice(0, 200)).toBe(true);
  expect(gateway.arrivals).toEqual([]);
});

it("refuses headers over 16 kB", async () => {
  const gateway = await gatewayForTest();
  const answer = await sendRaw(gateway.port, head("host: a", `x: ${"y".repeat(17_000)}`));
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  const [answerHead, body] = answer.split("\r\n\r\n");
  const { requestId, ...problem } = JSON.parse(body ?? "");
  expect(problem).toMatchObject({ status: 431, code: "request.headers_too_large" });
  expect(answerHead).toContain(`x-request-id: ${requestId}`);
  expect(gateway.arrivals).toEqual([]);
});

it("passes on nothing that is about the connection", async () => {
  const gateway = await gatewayForTest();
  const lines = ["connection: close, x-private", "x-private: 1", "keep-alive: 5", "te: gzip", "proxy-authorization: x"];
  await sendRaw(gateway.port, head("host: a", ...lines, "x-public: 2", "content-length: 0"));
  const { headers = {} } = gateway.arrivals[0] ?? {};
  expect(headers["x-public"]).toBe("2");
  expect(headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
  const hopByHop = ["x-private", "te", "proxy-authorization", "upgrade", "transfer-encoding"];
  expect(hopByHop.filter((name) => name in headers)).toEqual([]);
});

it("keeps requests of one connection apart", async () => {
  const gateway = await gatewayForTest();
  const first = head("host: a", `content-length: ${INNER.length}`) + INNER;
  await sendRaw(gateway.port, `${first}GET /v1/products HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  expect(gateway.arrivals.map(({ url, body }) => [url, body])).toEqual([
    ["/v1/orders", INNER],
    ["/v1/products", ""],
  ]);
});

it.each([
  ["headers", "GET /v1/products HTTP/1.1\r\nhost: a\r\n", "x-slow: y\r\n"],
  ["a body", head("host: a", "content-length: 100000"), "x"],
])(
  "waits only so long for a client that sends %s drop by drop, which would take longer than this test may",
  async (_what, start, drop) => {
    const gateway = await gatewayForTest({ timeouts: { headersMs: 300, requestMs: 600 } });
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(gateway.port, "127.0.0.1", () => socket.write(start));
      const timer = setInterval(() => socket.write(drop), 50);
      let received = "";
      socket.on("data", (chunk) => {
        received += chunk;
        clearInterval(timer); // a failed write would close the socket before the rest of the answer is read
      });
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(timer);
        resolve(received);
      });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(gateway.arrivals).toEqual([]);
  },
);
