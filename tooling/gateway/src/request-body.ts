import type { IncomingMessage } from "node:http";

/** How much of a refused body is read and thrown away, so that its sender gets to read the answer. */
const MAX_DISCARDED_BYTES = 8 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}
/** The client went away before it had sent everything. */
export class BodyCutOff extends Error {
  override readonly name = "BodyCutOff";
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/**
 * The whole body, as nginx too holds it back until it is complete: a service never waits for a slow client, and never sees
 * half a body. Rejects with BodyTooLarge or BodyCutOff.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const keep = (chunk: Buffer) => {
      sizeBytes += chunk.length;
      chunks.push(chunk);
      if (sizeBytes <= limitBytes) return;
      request.off("data", keep);
      reject(new BodyTooLarge());
    };
    request.on("data", keep);
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("close", () => reject(new BodyCutOff()));
    request.once("error", () => reject(new BodyCutOff()));
  });
}

/** Reads on to the end of a body that nobody wants; a very long one ends with its connection. */
export function discardBody(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let sizeBytes = 0;
  request.on("data", (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_DISCARDED_BYTES) request.destroy();
  });
  request.on("error", () => {});
}
