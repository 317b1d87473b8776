import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import send from "@fastify/send";
import type { Headers } from "./exchange.ts";

const COMPRESSIBLE = /^(text\/|image\/svg|application\/(json|manifest))/;
/** Newer than the list of @fastify/send. */
const TYPES: Record<string, string> = { ".js": "text/javascript", ".webmanifest": "application/manifest+json" };
const HASHED = /^\/assets\//;
const IMMUTABLE = "public, max-age=31536000, immutable";

interface StaticFile {
  bytes: Buffer;
  etag: string;
  type: string;
  /** Made when first asked for. */
  encoded: Map<"br" | "gzip", Promise<Buffer>>;
}

const ENCODERS = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};

/** The built storefront, kept in memory: hashed assets for good, and index.html for every address a page may have. */
export function createStaticFiles(folder: string, pageHeaders: Headers) {
  const files = readFolder(folder);
  if (!files.has("/index.html")) throw new Error(`${folder} has no index.html: build the storefront first`);

  /** False when there is no such file and the request is not a browser's, on its way to a page. Anybody gets the first page. */
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const file = files.get(path) ?? (isNavigation(request, path) ? files.get("/index.html") : undefined);
    if (!file) return false;
    await sendFile(file, HASHED.test(path) ? IMMUTABLE : "no-cache", request, response, pageHeaders);
    return true;
  };
}

const isNavigation = ({ headers }: IncomingMessage, path: string): boolean =>
  path === "/" || ((headers.accept ?? "").includes("text/html") && !path.slice(path.lastIndexOf("/")).includes("."));

async function sendFile(
  file: StaticFile,
  cacheControl: string,
  { method, headers: asked }: IncomingMessage,
  response: ServerResponse,
  pageHeaders: Headers,
): Promise<void> {
  const headers: Headers = { ...pageHeaders, etag: file.etag, "cache-control": cacheControl, vary: "accept-encoding" };
  if (asked["if-none-match"]?.includes(file.etag)) return void response.writeHead(304, headers).end();
  const encoding = COMPRESSIBLE.test(file.type) ? acceptedEncoding(asked["accept-encoding"]) : undefined;
  if (encoding && !file.encoded.has(encoding)) file.encoded.set(encoding, ENCODERS[encoding](file.bytes));
  const body = (encoding && (await file.encoded.get(encoding))) ?? file.bytes;
  if (encoding) headers["content-encoding"] = encoding;
  headers["content-type"] = file.type;
  headers["content-length"] = String(body.length);
  response.writeHead(200, headers).end(method === "HEAD" ? undefined : body);
}

function acceptedEncoding(header: string | string[] | undefined): "br" | "gzip" | undefined {
  const accepted = String(header ?? "")
    .split(",")
    .filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item));
  const names = accepted.map((item) => item.split(";")[0]?.trim().toLowerCase());
  return names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : undefined;
}

function readFolder(folder: string): Map<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
      const path = `/${relative(folder, file).split(sep).join("/")}`;
      return [path, { bytes, etag, type: contentType(entry.name), encoded: new Map() }];
    }),
  );
}

const contentType = (name: string): string => {
  const type = TYPES[extname(name)] ?? send.mime.getType(name);
  if (type === null) return "application/octet-stream";
  return send.isUtf8MimeType(type) ? `${type}; charset=utf-8` : type;
};
