import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Canaries } from "./canaries.ts";

/** Stands before the sandbox. While `failing`, it answers as third parties do that quote what they were sent. */
export interface EchoingProvider {
  url: string;
  target: string;
  failing: boolean;
  /** How often it failed, by path. */
  failures: Map<string, number>;
  close: () => void;
}

const STATUSES = [400, 401, 402, 404, 409, 422, 429, 500, 503, 200] as const;

export async function startEchoingProvider(canaries: Canaries): Promise<EchoingProvider> {
  const failures = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = request.url ?? "";
    if (provider.failing) {
      const count = failures.get(path) ?? 0;
      failures.set(path, count + 1);
      return quote(response, STATUSES[count % STATUSES.length] ?? 500, body.toString(), canaries);
    }
    const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
    const answer = await fetch(provider.target + path, {
      method: request.method ?? "GET",
      headers: headers as Record<string, string>,
      ...(body.length > 0 ? { body } : {}),
    });
    const type = answer.headers.get("content-type") ?? "text/plain";
    const id = answer.headers.get("x-message-id");
    response.writeHead(answer.status, { "content-type": type, ...(id ? { "x-message-id": id } : {}) });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const provider: EchoingProvider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: "",
    failing: false,
    failures,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return provider;
}

/** Errors in the shapes of Stripe, SendGrid and Twilio at once, full of what must not be passed on; 200 is garbage. */
function quote(response: ServerResponse, status: number, sent: string, { email, name, token, phone }: Canaries): void {
  const message = `The recipient ${name} <${email}> at ${phone} with ${token} sent: ${sent}`;
  const body = {
    ...{ error: { type: "invalid_request_error", code: "parameter_invalid", param: email, message } },
    ...{ errors: [{ message, field: email, help: token }], code: 21_211, message, more_info: email, status },
  };
  response.writeHead(status, { "content-type": "application/json", "request-id": token, "x-message": email });
  response.end(status === 200 ? `{"id": ${message}` : JSON.stringify(body));
}
