import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { connect, createServer as createTcpServer, type Server } from "node:net";
import { Readable } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import { changedConfig, gatewayForTest, portOf } from "./gateway-for-tests.ts";

const call = async (url: string, headers: Record<string, string> = {}) => fetch(`${url}/v1/products`, { headers });

it("tells services who the client is, as a trusted proxy says or as it sees itself", async () => {
  const gateway = await gatewayForTest();
  await call(gateway.url);
  await call(gateway.url, {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "shop",
  });
  await call(gateway.url, { "x-forwarded-for": "198.51.100.1, 203.0.113.9, 127.0.0.5" });
  const seen = gateway.arrivals.map(({ headers }) => headers);
  expect(seen[0]).toMatchObject({
    "x-real-ip": "127.0.0.1",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "127.0.0.1",
    "x-forwarded-port": String(gateway.port),
    "x-forwarded-path": "/v1/products",
  });
  expect(seen[1]).toMatchObject({
    "x-real-ip": "203.0.113.9",
    "x-forwarded-for": "203.0.113.9, 127.0.0.1",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "shop",
  });
  expect(seen[2]?.["x-real-ip"]).toBe("203.0.113.9");
});

it("believes nothing of the kind from anybody else", async () => {
  const gateway = await gatewayForTest({ trustedIps: ["10.0.0.0/8"] });
  const claims = { "x-forwarded-proto": "https", "x-forwarded-host": "shop", "x-forwarded-port": "443" };
  await call(gateway.url, { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9", ...claims });
  expect(gateway.arrivals[0]?.headers).toMatchObject({
    "x-real-ip": "127.0.0.1",
    "x-forwarded-for": "203.0.113.9, 127.0.0.1",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "127.0.0.1",
    "x-forwarded-port": String(gateway.port),
  });
});

it("keeps connections to a service for many requests", async () => {
  const gateway = await gatewayForTest();
  let connections = 0;
  gateway.services.product?.on("connection", () => connections++);
  for (let index = 0; index < 20; index++) await (await call(gateway.url)).text();
  expect(gateway.arrivals).toHaveLength(20);
  expect(connections).toBe(1);
});

it("passes an answer on as it comes", async () => {
  const more = Promise.withResolvers<void>();
  const gateway = await gatewayForTest({
    answer: async (_request, response) => {
      response.write("first");
      await more.promise;
      response.end("second");
    },
  });
  const reader = (await call(gateway.url)).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("first");
  more.resolve();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("second");
});

it("holds a large answer back for a slow reader", async () => {
  const wholeBytes = 64 * 1024 * 1024;
  let taken = 0;
  const pieces = function* () {
    for (; taken < wholeBytes; taken += 65_536) yield Buffer.alloc(65_536);
  };
  const gateway = await gatewayForTest({ answer: (_request, response) => void Readable.from(pieces()).pipe(response) });
  const socket = connect(gateway.port, "127.0.0.1", () => socket.write("GET /v1/products HTTP/1.1\r\nhost: a\r\n\r\n"));
  socket.pause();
  let before = -1;
  const hasStopped = () => {
    const isSame = taken > 0 && taken === before;
    before = taken;
    return isSame;
  };
  await expect.poll(hasStopped, { interval: 300 }).toBe(true);
  expect(taken).toBeLessThan(wholeBytes / 2);
  socket.destroy();
});

it("stops a service's work for a client that went away", async () => {
  const gone = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const gateway = await gatewayForTest({
    answer: (_request, response) => {
      response.on("close", () => gone.resolve());
      started.resolve();
    },
  });
  const request = httpRequest(`${gateway.url}/v1/products`).on("error", () => {});
  request.end();
  await started.promise;
  request.destroy();
  await gone.promise;
});

it.each([204, 304])("passes an answer without a body on: %i", async (status) => {
  const gateway = await gatewayForTest({
    answer: (_request, response) => response.writeHead(status, { etag: '"a"' }).end(),
  });
  const answer = await call(gateway.url);
  expect([answer.status, answer.headers.get("etag")]).toEqual([status, '"a"']);
});

it("keeps several cookies several", async () => {
  const cookies = ["session=1; HttpOnly", "device=2; HttpOnly"];
  const gateway = await gatewayForTest({
    answer: (_request, response) => response.setHeader("set-cookie", cookies).end(),
  });
  expect((await call(gateway.url)).headers.getSetCookie()).toEqual(cookies);
});

it("answers 502 for a service that is down, and serves again when it is up", async () => {
  const gateway = await gatewayForTest({ upstreams: { product: "http://127.0.0.1:9" } });
  const answer = await call(gateway.url);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ code: "upstream.unavailable", status: 502 });

  const working = await gatewayForTest();
  const port = portOf(working.services.product!);
  await call(working.url);
  working.services.product?.closeAllConnections();
  await new Promise((resolve) => working.services.product?.close(resolve));
  expect((await call(working.url)).status).toBe(502);
  const again = createServer((_request, response) => response.end("again")).listen(port, "127.0.0.1");
  onTestFinished(() => void again.close());
  await once(again, "listening");
  expect(await (await call(working.url)).text()).toBe("again");
});

async function rawService(answer: string, isEnded = true): Promise<Server> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => (isEnded ? socket.end(answer) : socket.write(answer)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return server;
}

it.each(["", "HTTP/1.1 abc\r\n\r\n", "SSH-2.0-x\r\n"])("answers 502 for a service that answers %j", async (bytes) => {
  const service = await rawService(bytes);
  const gateway = await gatewayForTest({ upstreams: { product: `http://127.0.0.1:${portOf(service)}` } });
  expect((await call(gateway.url)).status).toBe(502);
});

it("cuts an answer off where the service did", async () => {
  const service = await rawService("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
  const gateway = await gatewayForTest({ upstreams: { product: `http://127.0.0.1:${portOf(service)}` } });
  const answer = await call(gateway.url);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
});

it("answers 504 for a service that takes too long", async () => {
  const configFile = changedConfig((document) => {
    document.services[0].read_timeout = 300;
  });
  const service = await rawService("", false);
  const upstreams = { product: `http://127.0.0.1:${portOf(service)}` };
  const gateway = await gatewayForTest({ configFile, upstreams });
  const answer = await call(gateway.url);
  expect(answer.status).toBe(504);
  expect(await answer.json()).toMatchObject({ code: "upstream.timeout", status: 504 });
});

it("sends no request twice", async () => {
  const gateway = await gatewayForTest({ answer: (request) => request.socket.destroy() });
  const answer = await fetch(`${gateway.url}/v1/orders`, { method: "POST", body: "{}" });
  expect(answer.status).toBe(502);
  expect(gateway.arrivals).toHaveLength(1);
});

it("lets a running request end before it stops", async () => {
  const more = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const gateway = await gatewayForTest({
    answer: async (_request, response) => {
      started.resolve();
      await more.promise;
      response.end("done");
    },
  });
  const answer = call(gateway.url);
  await started.promise;
  const closed = gateway.close();
  await expect(call(gateway.url)).rejects.toThrow();
  more.resolve();
  expect(await (await answer).text()).toBe("done");
  await closed;
});
