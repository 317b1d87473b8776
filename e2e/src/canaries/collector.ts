import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** Takes what services send to an OpenTelemetry collector (OTLP over HTTP) and to Sentry (envelopes). */
export interface Collector {
  port: number;
  traces: () => string;
  errors: () => string;
  close: () => void;
}

export async function startCollector(): Promise<Collector> {
  const received: { path: string; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
    // Protobuf keeps text as it is, so that bytes read as Latin-1 can be searched.
    received.push({ path: request.url ?? "", text: plain.toString("latin1") });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sentTo = (part: string) =>
    received
      .filter(({ path }) => path.includes(part))
      .map(({ text }) => text)
      .join("\n");
  return {
    port: (server.address() as AddressInfo).port,
    traces: () => sentTo("/v1/traces"),
    errors: () => sentTo("/envelope"),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
