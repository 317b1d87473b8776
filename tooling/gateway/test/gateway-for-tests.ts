import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { routesByService } from "@tradepost/contracts/catalog";
import jsonwebtoken from "jsonwebtoken";
import { onTestFinished } from "vitest";
import { parse, stringify } from "yaml";
import { type Gateway, type GatewayOptions, startGateway } from "../src/start-gateway.ts";

export const kongFile = fileURLToPath(new URL("../../../deploy/kong/kong.yml", import.meta.url));
/** Nothing listens there. */
export const NO_REDIS = "redis://127.0.0.1:9";

export const signingKey = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = (key: { export(options: { format: "pem"; type: "spki" }): string | Buffer }) =>
  key.export({ format: "pem", type: "spki" }).toString();
export const environment = {
  JWT_KEY_ID_1: "key-1",
  JWT_PUBLIC_KEY_1: pem(signingKey.publicKey),
  CORS_ORIGINS: "https://shop.example,https://admin.shop.example",
};
export const pemOf = pem;

/** A token as the user service makes them. */
export function signToken(
  sub: string = randomUUID(),
  options: jsonwebtoken.SignOptions & { key?: typeof signingKey } = {},
) {
  const { key = signingKey, ...rest } = options;
  const claims = { sid: randomUUID() };
  const defaults = { algorithm: "ES256", keyid: "key-1", subject: sub, expiresIn: 3600 } as const;
  return jsonwebtoken.sign(claims, key.privateKey, { ...defaults, ...rest });
}
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export interface Arrival {
  service: string;
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  rawHeaders: string[];
  body: string;
}

/** A server that stands for a service: notes what arrives and answers as told. Closed after the test. */
export async function fakeService(service: string, arrivals: Arrival[], answer?: RequestListener): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers, rawHeaders } = request;
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    arrivals.push({ service, method, url, headers, rawHeaders, body });
    if (answer) answer(request, response);
    else response.end(JSON.stringify({ service }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

export const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

type Options = Partial<GatewayOptions> & { answer?: RequestListener };

/** The gateway on the real kong.yml with a fake for every service; all of it is closed after the test. */
export async function gatewayForTest({
  answer,
  ...options
}: Options = {}): Promise<Gateway & { arrivals: Arrival[]; services: Record<string, Server> }> {
  const arrivals: Arrival[] = [];
  const services: Record<string, Server> = {};
  for (const name of Object.keys(routesByService)) services[name] = await fakeService(name, arrivals, answer);
  const upstreams = Object.fromEntries(
    Object.entries(services).map(([name, server]) => [name, `http://127.0.0.1:${portOf(server)}`]),
  );
  const defaults = { configFile: kongFile, env: environment, redisUrl: NO_REDIS, upstreams };
  const gateway = await startGateway({ ...defaults, ...options });
  onTestFinished(async () => {
    await gateway.close();
    for (const server of Object.values(services)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  return { ...gateway, arrivals, services };
}

// biome-ignore lint/suspicious/noExplicitAny: a test changes any part of the document
export type Changeable = any;

/** kong.yml with a change, in a file of its own that is gone after the test. */
export function changedConfig(change: (document: Changeable) => void): string {
  const document = parse(readFileSync(kongFile, "utf8"));
  change(document);
  const folder = mkdtempSync(join(tmpdir(), "tradepost-kong-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "kong.yml");
  writeFileSync(file, stringify(document));
  return file;
}

/** Sends bytes as they are; resolves to everything that comes back until the connection ends. */
export function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? resolve(answer) : reject(error),
    );
    socket.on("close", () => resolve(answer));
  });
}
