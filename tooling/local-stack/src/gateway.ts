import { join } from "node:path";
import { answers } from "./sandbox.ts";
import type { Secrets } from "./secrets.ts";
import type { Addresses } from "./service-environments.ts";
import { repository } from "./services.ts";
import { type Supervised, supervise } from "./supervise.ts";

export interface GatewayProcessOptions {
  logDir: string;
  port: number;
  at: Addresses;
  secrets: Secrets;
  staticDir: string;
  mediaDir: string;
  onCrash: (name: string, pid: number) => void;
}

/** The gateway as deploy/kong/kong.yml says, with the storefront and its pictures on everything else. */
export function startGateway(options: GatewayProcessOptions): Promise<Supervised> {
  const { logDir, port, at, secrets, staticDir, mediaDir, onCrash } = options;
  const upstreams = Object.entries(at.serviceUrls).flatMap(([service, url]) => ["--upstream", `${service}=${url}`]);
  const redis = new URL(at.redisUrls.gateway);
  const publicKeys = Object.entries(secrets.jwtPublicKeys).flatMap(([keyId, publicKey], index) => [
    [`JWT_KEY_ID_${index + 1}`, keyId],
    [`JWT_PUBLIC_KEY_${index + 1}`, publicKey],
  ]);
  return supervise(
    {
      ...{ name: "gateway", dir: logDir, command: process.execPath },
      args: [
        join(repository, "tooling/gateway/src/main.ts"),
        ...["--config", join(repository, "deploy/kong/kong.yml"), "--port", String(port), "--host", "127.0.0.1"],
        ...upstreams,
        ...["--static", staticDir, "--media", mediaDir, "--stripe-api-url", at.sandboxUrl],
      ],
      env: {
        ...{ PATH: process.env.PATH, CORS_ORIGINS: at.origins.join(",") },
        ...(Object.fromEntries(publicKeys) as Record<string, string>),
        ...{ REDIS_HOST: redis.hostname, REDIS_PORT: redis.port, REDIS_PASSWORD: redis.password },
        REDIS_DATABASE: redis.pathname.slice(1),
      },
      isReady: () => answers(`http://127.0.0.1:${port}/config.json`),
    },
    onCrash,
  );
}
