import type { IncomingMessage, ServerResponse } from "node:http";
import send from "@fastify/send";
import { pageHeaders } from "./page-headers.ts";
import { createStaticFiles } from "./static-files.ts";

export interface PageOptions {
  /** The built storefront. */
  staticDir?: string | undefined;
  /** Pictures, whose names change with their content. */
  mediaDir?: string | undefined;
  /** Where browsers confirm payments, when not at Stripe. */
  stripeApiUrl?: string | undefined;
}

/** What CloudFront serves in production: the storefront, pictures and the storefront's settings. */
export function createPages({ staticDir, mediaDir, stripeApiUrl }: PageOptions) {
  const headers = pageHeaders(stripeApiUrl);
  const serveFile = staticDir === undefined ? undefined : createStaticFiles(staticDir, headers);
  const config = JSON.stringify({ stripeApiUrl: stripeApiUrl ?? null });

  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> => {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (isRead && path === "/config.json") {
      const own = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
      response.writeHead(200, { ...headers, ...own, "content-length": Buffer.byteLength(config) }).end(config);
      return true;
    }
    if (path.startsWith("/media/")) {
      return isRead && mediaDir !== undefined && sendPicture(request, response, mediaDir, path.slice("/media".length));
    }
    return serveFile ? serveFile(request, response, path) : false;
  };
}

async function sendPicture(request: IncomingMessage, response: ServerResponse, root: string, path: string) {
  const options = { root, index: false, dotfiles: "ignore", maxAge: "365 days", immutable: true } as const;
  const sent = await send(request, path, options);
  if (sent.type !== "file") {
    sent.stream.destroy();
    return false;
  }
  response.writeHead(sent.statusCode, { ...sent.headers, "x-content-type-options": "nosniff" });
  sent.stream.on("error", () => response.destroy());
  response.once("close", () => sent.stream.destroy());
  sent.stream.pipe(response);
  return true;
}
