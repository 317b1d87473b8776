import type { ServerResponse } from "node:http";
import { type Dispatcher, Pool } from "undici";
import type { Headers } from "./exchange.ts";
import { endToEndHeaders } from "./forwarded-headers.ts";
import type { KongService } from "./kong-config.ts";

const CONNECTIONS = 256;

export interface UpstreamRequest {
  method: string;
  path: string;
  headers: Headers;
  body: Buffer | undefined;
}

export interface Upstream {
  /**
   * Sends a request and streams the answer into `response`. `onHead` may change the answer's headers. Resolves to a
   * status when the service gave no answer (502, 504), or to undefined when it did.
   */
  forward(
    request: UpstreamRequest,
    response: ServerResponse,
    onHead: (status: number, headers: Headers) => void,
  ): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Kept-alive connections to a service, at `url` or where kong.yml says. */
export function createUpstream(service: KongService, url = service.url): Upstream {
  const pool = new Pool(new URL(url).origin, {
    connections: CONNECTIONS,
    connectTimeout: service.connect_timeout,
    headersTimeout: service.read_timeout,
    bodyTimeout: service.read_timeout,
  });
  return {
    forward: ({ method, path, headers, body }, response, onHead) =>
      new Promise((resolve) => {
        const options = { method: method as Dispatcher.HttpMethod, path, headers, body: body ?? null };
        pool.dispatch(options, streamInto(response, onHead, resolve));
      }),
    close: () => pool.destroy(),
  };
}

function streamInto(
  response: ServerResponse,
  onHead: (status: number, headers: Headers) => void,
  resolve: (status: number | undefined) => void,
): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | undefined;
  const resume = () => controller?.resume();
  const stop = () => {
    if (!response.writableFinished) controller?.abort(new Error("the client went away"));
  };
  return {
    onRequestStart(started) {
      controller = started;
      if (response.destroyed) started.abort(new Error("the client went away"));
      else response.once("close", stop).on("drain", resume);
    },
    onResponseStart(_controller, status, incoming) {
      if (status < 200) return;
      const headers = endToEndHeaders(incoming);
      onHead(status, headers);
      response.writeHead(status, headers);
    },
    onResponseData(streaming, chunk) {
      if (!response.write(chunk)) streaming.pause();
    },
    onResponseEnd() {
      response.off("close", stop);
      response.end();
      resolve(undefined);
    },
    onResponseError(_controller, error) {
      response.off("close", stop);
      if (!response.headersSent && !response.destroyed) return resolve(statusOf(error));
      response.destroy(); // half an answer must not look whole
      resolve(undefined);
    },
  };
}

const statusOf = (error: Error & { code?: string }): number => (error.code?.endsWith("_TIMEOUT") ? 504 : 502);
