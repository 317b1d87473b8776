import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bearer, gatewayForTest, sendRaw, signToken } from "./gateway-for-tests.ts";

const PAGE = `<!doctype html><title>Shop</title>${"<p>text</p>".repeat(100)}`;
const SCRIPT = `console.log(1);${"// text\n".repeat(100)}`;
let folder: string;
let staticDir: string;
let mediaDir: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tradepost-pages-"));
  staticDir = join(folder, "dist");
  mediaDir = join(folder, "media");
  mkdirSync(join(staticDir, "assets"), { recursive: true });
  mkdirSync(join(mediaDir, "hero"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(staticDir, "index.html"), PAGE);
  writeFileSync(join(staticDir, "favicon.svg"), "<svg/>");
  writeFileSync(join(staticDir, "site.webmanifest"), "{}");
  writeFileSync(join(staticDir, "assets/index-abc.js"), SCRIPT);
  writeFileSync(join(staticDir, "assets/font-abc.woff2"), "font");
  writeFileSync(join(mediaDir, "hero/hero-800.webp"), "0123456789");
  writeFileSync(join(mediaDir, ".hidden"), "secret");
  symlinkSync(join(folder, "secret.txt"), join(staticDir, "link.txt"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const start = (options = {}) => gatewayForTest({ staticDir, mediaDir, ...options });
const asBrowser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

/** Without fetch's own decoding. */
const getRaw = (url: string, headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    request(url, { headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    })
      .on("error", reject)
      .end();
  });

it.each(["/", "/index.html", "/products/mug", "/category/home/lamps?sort=price", "/internal/anything"])(
  "gives a browser at %s the page, to be asked for anew each time",
  async (path) => {
    const gateway = await start();
    const answer = await fetch(gateway.url + path, { headers: asBrowser });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
    });
    expect(await answer.text()).toBe(PAGE);
    expect(gateway.arrivals).toEqual([]);
  },
);

it("S5: lets a page load nothing but the shop's own files and Stripe's", async () => {
  const gateway = await start({ stripeApiUrl: "http://localhost:8090/x" });
  const { headers } = await fetch(gateway.url, { headers: asBrowser });
  const policy = new Map(
    headers
      .get("content-security-policy")
      ?.split("; ")
      .map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1)]),
  );
  expect(Object.fromEntries(policy)).toEqual({
    "default-src": ["'self'"],
    "script-src": ["'self'", "https://js.stripe.com"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'", "https://api.stripe.com", "http://localhost:8090"],
    "frame-src": ["https://js.stripe.com", "https://hooks.stripe.com", "http://localhost:8090"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
  });
  expect(Object.fromEntries(headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": expect.stringContaining("max-age"),
  });
});

it.each(["/assets/gone-abc.js", "/gone.png", "/products/mug.json", "/v1/nowhere", "/v1"])(
  "has no page at %s, even for a browser",
  async (path) => {
    const gateway = await start();
    const answer = await fetch(gateway.url + path, { headers: asBrowser });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "route.not_found" });
  },
);

it("gives programs no page in place of an answer", async () => {
  const gateway = await start();
  expect((await fetch(`${gateway.url}/products/mug`)).status).toBe(404);
  expect((await fetch(`${gateway.url}/products/mug`, { method: "POST", headers: asBrowser })).status).toBe(404);
});

it("gives programs the first page too, as probes and curl ask for it", async () => {
  const { url } = await start();
  const answer = await fetch(`${url}/`, { headers: { accept: "*/*" } });
  expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
});

it("keeps hashed files for good", async () => {
  const gateway = await start();
  const answer = await fetch(`${gateway.url}/assets/index-abc.js`);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });
  expect(await answer.text()).toBe(SCRIPT);
  const { headers } = await fetch(`${gateway.url}/site.webmanifest`);
  expect([headers.get("content-type"), headers.get("cache-control")]).toEqual([
    "application/manifest+json",
    "no-cache",
  ]);
});

it.each([
  ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
  ["gzip", "gzip", gunzipSync],
  ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
  ["identity", undefined, (body: Buffer) => body],
] as const)("compresses for a browser that accepts %j: %s", async (accepted, encoding, decode) => {
  const gateway = await start();
  for (let time = 0; time < 2; time++) {
    const { headers, body } = await getRaw(`${gateway.url}/assets/index-abc.js`, { "accept-encoding": accepted });
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers.vary).toBe("accept-encoding");
    expect(headers["content-length"]).toBe(String(body.length));
    expect(decode(body).toString()).toBe(SCRIPT);
  }
  const font = await getRaw(`${gateway.url}/assets/font-abc.woff2`, { "accept-encoding": accepted });
  expect([font.headers["content-type"], font.headers["content-encoding"]]).toEqual(["font/woff2", undefined]);
});

it("says when nothing has changed, and sends no body for HEAD", async () => {
  const gateway = await start();
  const { headers } = await fetch(gateway.url, { headers: asBrowser });
  const etag = headers.get("etag") ?? "";
  const again = await fetch(gateway.url, { headers: { ...asBrowser, "if-none-match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const head = await fetch(gateway.url, { method: "HEAD", headers: asBrowser });
  expect([head.status, await head.text(), head.headers.get("etag")]).toEqual([200, "", etag]);
});

it("tells the storefront its settings", async () => {
  const config = async (options: object) => {
    const answer = await fetch(`${(await start(options)).url}/config.json`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    return answer.json();
  };
  expect(await config({})).toEqual({ stripeApiUrl: null });
  expect(await config({ stripeApiUrl: "http://localhost:8090" })).toEqual({ stripeApiUrl: "http://localhost:8090" });
});

it("serves pictures for good, and parts of them", async () => {
  const gateway = await start();
  const url = `${gateway.url}/media/hero/hero-800.webp`;
  const answer = await fetch(url);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/webp",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
  });
  expect(await answer.text()).toBe("0123456789");
  const part = await fetch(url, { headers: { range: "bytes=2-4" } });
  expect([part.status, await part.text()]).toEqual([206, "234"]);
  const unchanged = await getRaw(url, { "if-none-match": answer.headers.get("etag") ?? "" });
  expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
});

it.each([
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/media/../secret.txt",
  "/media/..%2fsecret.txt",
  "/media/%2e%2e%2fsecret.txt",
  "/media/..%5csecret.txt",
  "/media/hero/..%2f..%2fsecret.txt",
  "/media//../secret.txt",
  "/media/.hidden",
  "/media/",
  "/media/hero",
  "/media/hero/",
  "/media/gone.webp",
  "/media/%00",
  "/media/%",
  "/link.txt",
  "/assets/index-abc.js%00.png",
])("gives nothing away at %s", async (path) => {
  const gateway = await start();
  const answer = await sendRaw(gateway.port, `GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 40[034] /);
  expect(answer).not.toContain("\r\n\r\nsecret");
});

it("prefers Kong's routes to pages, whoever asks", async () => {
  const gateway = await start();
  const answer = await fetch(`${gateway.url}/v1/products`, { headers: { ...asBrowser, ...bearer(signToken()) } });
  expect(await answer.json()).toEqual({ service: "product" });
});

it("does not start without a built storefront", async () => {
  await expect(start({ staticDir: mediaDir })).rejects.toThrow("build the storefront first");
});
