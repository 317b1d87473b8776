import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "./app-error.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

const malformed = (cause?: unknown): AppError =>
  new AppError(400, "request.malformed", "The request body is not valid JSON", { cause });

/** Accepts JSON in UTF-8 only. Routes that verify a signature get the bytes as they came. */
export function acceptOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, bytes, done) => {
    try {
      done(null, readBody(request, bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function readBody(request: FastifyRequest, bytes: Buffer): unknown {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers["content-type"] ?? "")?.[1];
  if (charset && !/^utf-?8$/i.test(charset)) {
    throw new AppError(415, "request.media_type", "Send application/json in UTF-8");
  }
  if (request.routeOptions.config.rawBody) return bytes;
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    throw malformed(error);
  }
}
