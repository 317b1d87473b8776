import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { isExposed } from "@tradepost/contracts/route";
import { sampleOf } from "../../contract-samples.ts";
import { type Battlefield, EXPOSED, pathOf, ROUTES, shotAt, WORDS } from "../battlefield.ts";
import { strangersAddress } from "../range.ts";

const isRefusal = (status: number) => status >= 400 && status < 500;
const json = JSON.stringify;

/** Bodies too large, too deep, cut off, compressed, in other alphabets and of other types, on every route that takes one. */
export async function sendBrokenBodies({ range, attacker }: Battlefield): Promise<void> {
  const type = (contentType: string) => ({ "content-type": contentType });
  const bodies: [string | Buffer, Record<string, string>][] = [
    [json({ text: "x".repeat(300_000) }), {}],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, {}],
    [`${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`, {}],
    [`{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join()}}`, {}],
    ['{"a":1e999}', {}],
    ['{"a":', {}],
    ["", {}],
    ["\u0000", {}],
    [Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), {}],
    [Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), {}],
    [gzipSync(json({ a: "x".repeat(10_000_000) })), { "content-encoding": "gzip" }],
    [Buffer.from(json({ a: 1 }), "utf16le"), type("application/json; charset=utf-16")],
    [json({ a: 1 }), type("application/json; charset=x-evil")],
    ["a=1&b[$ne]=2", type("application/x-www-form-urlencoded")],
    ['<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', type("application/xml")],
    ["--x\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--x--", type("multipart/form-data; boundary=x")],
  ];
  for (const named of ROUTES.filter(({ route }) => route.method !== "GET")) {
    for (const [body, headers] of bodies) {
      const shot = shotAt(named, "broken bodies", { headers: { ...attacker().headers, ...headers } });
      // A route without a body may take an empty one.
      const allowed = body.length === 0 ? () => true : isRefusal;
      const isOutside = isExposed(named.route);
      await range.shoot({
        ...shot,
        body,
        allowed,
        headers: { ...type("application/json"), ...shot.headers, ...headers },
        to: named.service,
      });
      if (isOutside && named.route.limitPerMinute === undefined)
        await range.shoot({ ...shot, body, allowed, headers: { ...type("application/json"), ...headers } });
    }
  }
}

/** Paths that mean something else to another reader, for everything between services and for operators (S3, S9). */
export async function twistPaths({ range, stack }: Battlefield): Promise<void> {
  const inner = ROUTES.filter(({ route }) => !isExposed(route)).map(({ route }) =>
    pathOf(route, sampleOf(route, WORDS)),
  );
  for (const path of [...inner, "/metrics", "/readyz", "/livez", "/v1/../metrics"]) {
    for (const spelling of [
      ...[path, `/.${path}`, `/${path}`, `/v1/..${path}`, `/v1/products/../..${path}`, `/v1/%2e%2e${path}`],
      ...[
        `/v1/products/..%2f..${path.replaceAll("/", "%2f")}`,
        `/v1/products/..;/..${path}`,
        `${path}/`,
        `${path};x=/v1`,
      ],
      ...[
        path.replace("internal", "%69nternal"),
        path.toUpperCase(),
        `/v1%2f..${path}`,
        `/v1\\..${path.replaceAll("/", "\\")}`,
      ],
    ]) {
      for (const method of ["GET", "POST", "PUT"]) {
        const hit = await range.shoot({ family: "path tricks", method, path: spelling });
        const isPage = hit.status === 200 && /^text\/html/.test(hit.headers["content-type"] ?? "");
        if (hit.status < 400 && !isPage) range.find("path tricks", `${method} ${spelling} → ${hit.status}`);
      }
    }
  }
  const { port } = new URL(stack.url);
  for (const target of ["http://product:3000/internal/x", "//evil.example/v1/products", "*", "product:3000"]) {
    const answer = await rawExchange(Number(port), `GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
    range.count("path tricks", status);
    if (status < 300 && !/text\/html/.test(answer))
      range.find("path tricks", `GET ${target} → ${answer.slice(0, 200)}`);
  }
}

/** Requests that two servers could read differently, with a second one hidden inside, on every route that is exposed. */
export async function smuggleRequests({ range, stack }: Battlefield): Promise<void> {
  const port = Number(new URL(stack.url).port);
  const inner = "GET /internal/smuggled HTTP/1.1\r\nhost: a\r\n\r\n";
  const framings = [
    `content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    `transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n${inner}`,
    `content-length: 0\r\ncontent-length: ${inner.length}\r\n\r\n${inner}`,
    `content-length: +0\r\n\r\n${inner}`,
    `transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
    `transfer-encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
    `x: 1\r\n transfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    `transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
    `transfer-encoding: chunked\r\n\r\n0x0\r\n\r\n${inner}`,
    `x: a\0b\r\ncontent-length: 0\r\n\r\n${inner}`,
  ];
  for (const { route } of EXPOSED) {
    const path = pathOf(route, sampleOf(route, WORDS));
    for (const framing of framings) {
      const head = `${route.method} ${path} HTTP/1.1\r\nhost: a\r\nx-forwarded-for: ${strangersAddress()}\r\n`;
      const answer = await rawExchange(port, head + framing);
      const statuses = answer.match(/HTTP\/1\.1 \d{3}/g) ?? ["closed"];
      range.count("smuggling", statuses[0] ?? "closed");
      if (statuses.length > 1 || /HTTP\/1\.1 [235]/.test(answer))
        range.find("smuggling", `${path} ${json(framing)}: ${answer}`);
    }
  }
}

/** Many clients that send a byte now and then; others must be served meanwhile, and the slow ones end with 408 (S7). */
export async function dripBodies({ range, stack }: Battlefield): Promise<void> {
  const ports = [stack.url, ...Object.values(stack.serviceUrls)].map((url) => Number(new URL(url).port));
  const head = "POST /v1/quotes HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n";
  const drippers = ports.flatMap((port) => [
    ...Array.from({ length: 10 }, () => rawExchange(port, `${head}\r\n`, "x")),
    ...Array.from({ length: 10 }, () => rawExchange(port, head, "x-drip: y\r\n")),
  ]);
  for (let index = 0; index < 100; index++) {
    await range.shoot({
      family: "beside slow bodies",
      method: "GET",
      path: "/v1/categories",
      allowed: (status) => status === 200,
    });
  }
  for (const answer of await Promise.all(drippers)) {
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
    range.count("slow bodies", status);
    // A body is refused before it is whole where its route wants a token or a length it may have.
    if (status < 400 || status >= 500) range.find("slow bodies", answer.slice(0, 300) || "closed without a word");
  }
}

/** Everything that comes back for bytes as they are, until the connection ends; `drip` is sent again and again. */
function rawExchange(port: number, bytes: string, drip?: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), 500);
    let answer = "";
    socket.setTimeout(60_000, () => socket.destroy());
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.on("error", () => {}); // a refusal often comes with a reset
    socket.on("close", () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}
