import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeSecrets } from "@tradepost/local-stack/secrets";
import { type Addresses, serviceEnvironments } from "@tradepost/local-stack/service-environments";
import { freePort } from "@tradepost/servers/ports";
import { testDatabase, testMongo, testRabbit, testRedis } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BUNDLED_SERVICES, bundleService } from "../src/bundle-service.ts";

// Outside the repository, so that nothing can be found in its node_modules.
const images = mkdtempSync(join(tmpdir(), "tradepost-images-"));
const databases = { user: await testDatabase(), order: await testDatabase(), payment: await testDatabase() };
const [redis, rabbit, mongo] = await Promise.all([testRedis(), testRabbit(), testMongo()]);
const nowhere = "http://127.0.0.1:9";

afterAll(async () => {
  rmSync(images, { recursive: true, force: true });
  await Promise.all([...Object.values(databases), redis, rabbit, mongo].map((store) => store.drop()));
});

describe.each(BUNDLED_SERVICES)("the bundle of %s", (service) => {
  const dir = join(images, service);
  beforeAll(async () => {
    await bundleService(service, dir);
  });

  it("says which settings are missing", async () => {
    const { code, stderr } = await run(dir, "dist/main.js", {}).ended;
    expect(stderr).toMatch(/^Cannot start:\n/);
    expect(stderr).toContain("PORT: is missing");
    expect(code).toBe(1);
  });

  it("becomes ready on real stores and stops when it is told to", async () => {
    const operationsPort = await freePort();
    const env = { ...environments()[service], PORT: "0", OPERATIONS_PORT: String(operationsPort) };
    const program = run(dir, "dist/main.js", env);
    try {
      const ready = () => fetch(`http://127.0.0.1:${operationsPort}/readyz`).then(({ status }) => status === 200);
      await waitFor(ready, { timeoutMs: 60_000, what: `${service} to be ready` });
      program.child.kill("SIGTERM");
      expect((await program.ended).code).toBe(0);
    } finally {
      program.child.kill("SIGKILL");
    }
  });

  it("brings the licences of what is inside", () => {
    expect(readFileSync(join(dir, "licences.txt"), "utf8")).toMatch(/^fastify 5\.\d+\.\d+\n\n.*MIT/ms);
  });
});

it.each([
  ["product", "import.js"],
  ["order", "import-promotions.js"],
] as const)("%s: %s runs from the bundle", async (service, file) => {
  const { code, stdout } = await run(join(images, service), `dist/${file}`, {}, ["--help"]).ended;
  expect(stdout).toContain("--file FILE");
  expect(code).toBe(0);
});

describe("the SDK of AWS in the payment service's bundle", () => {
  const dist = join(images, "payment", "dist");

  it("is read by nobody who does not ask KMS", () => {
    const code = (file: string) => readFileSync(join(dist, file), "utf8");
    const isSdk = (file: string) => code(file).includes("TrentService");
    expect(readdirSync(dist).filter(isSdk)).toHaveLength(1);
    for (const program of ["main.js", "reencrypt-tokens.js", "wrap-key.js"]) {
      const loaded = new Set([program]);
      for (const file of loaded)
        for (const [, next = ""] of code(file).matchAll(/^import .*"\.\/([^"]+)";$/gm)) loaded.add(next);
      expect(loaded.size).toBeGreaterThan(2);
      expect([...loaded].filter(isSdk)).toEqual([]);
    }
  });

  it("is found when it is needed", async () => {
    const env = { AWS_ENDPOINT_URL_KMS: nowhere, AWS_REGION: "eu-central-1" };
    const credentials = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "any" };
    const args = ["--kms-key-id", "alias/payment", "--id", "k1"];
    const dir = join(images, "payment");
    const { code, stderr } = await run(dir, "dist/wrap-key.js", { ...env, ...credentials }, args).ended;
    expect([code, stderr]).toEqual([1, "KMS made no key: Error ECONNREFUSED\n"]);
  });
});

function environments() {
  const addresses: Addresses = {
    ...{ storefrontUrl: "http://localhost:8080", origins: ["http://localhost:8080"], sandboxUrl: nowhere },
    databaseUrls: { user: databases.user.url, order: databases.order.url, payment: databases.payment.url },
    redisUrls: { product: redis.url, user: redis.url, cart: redis.url, gateway: redis.url },
    ...{ mongoUrl: mongo.url, rabbitUrl: rabbit.url },
    serviceUrls: { product: nowhere, user: nowhere, cart: nowhere, order: nowhere, payment: nowhere },
  };
  return serviceEnvironments(addresses, makeSecrets());
}

/** Runs a program of an image with nothing but the given environment. */
function run(dir: string, program: string, env: Record<string, string>, args: string[] = []) {
  const child = spawn(process.execPath, [program, ...args], { cwd: dir, env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk: Buffer) => {
      output[name] += chunk;
    });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, ...output }));
  });
  return { child, ended };
}
