import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceName } from "@tradepost/contracts/route";
import { keptSecrets } from "@tradepost/local-stack/secrets";
import { startStack } from "@tradepost/local-stack/stack";
import { ensureInstalled } from "@tradepost/servers/install";
import { startOpenidServer } from "@tradepost/testing/openid-server";
import type { TestProject } from "vitest/node";

export interface ShopAddresses {
  url: string;
  sandboxUrl: string;
  databaseUrls: Record<"user" | "order" | "payment", string>;
  mongoUrl: string;
  redisUrls: Record<"product" | "user" | "cart" | "gateway", string>;
  rabbitUrl: string;
  serviceUrls: Record<ServiceName, string>;
  /** Signs calls between services. */
  internalTokenKey: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    shop: ShopAddresses;
  }
}

/** Vitest's global setup: the whole shop on free ports, as `npm start` would run it, for all journeys together. */
export default async function openShop(project: TestProject): Promise<() => Promise<void>> {
  await ensureInstalled({ programs: ["chromium"], log: console.log });
  const dir = mkdtempSync(join(tmpdir(), "tradepost-e2e-"));
  const crashes: string[] = [];
  const provider = await startOpenidServer("http://localhost/sign-in/acme", (email) => ({
    ...{ email, emailVerified: true, name: "Grace Hopper" },
  }));
  const { issuer, clientId, clientSecret } = provider;
  const stack = await startStack({
    dir,
    mediaDir: join(import.meta.dirname, "../../.local/media"),
    durable: false,
    download: false,
    serviceEnv: {
      user: { OIDC_PROVIDERS: JSON.stringify([{ id: "acme", name: "Acme", issuer, clientId, clientSecret }]) },
    },
    onCrash: (name) => void crashes.push(name),
  });
  const { url, sandboxUrl, stores, serviceUrls } = stack;
  const { internalTokenKey } = keptSecrets(dir);
  const { databaseUrls, mongoUrl, redisUrls, rabbitUrl } = stores;
  project.provide("shop", {
    ...{ url, sandboxUrl, databaseUrls, mongoUrl, redisUrls, rabbitUrl, serviceUrls, internalTokenKey },
  });
  return async () => {
    await stack.stop();
    await provider.stop();
    rmSync(dir, { recursive: true, force: true });
    if (crashes.length > 0) throw new Error(`crashed during the journeys: ${crashes.join(", ")}`);
  };
}
