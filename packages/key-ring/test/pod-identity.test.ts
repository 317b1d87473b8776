import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { openKeyRing } from "../src/open-key-ring.ts";
import { startKms } from "./kms-stage.ts";

/** As the agent of a cluster's node: gives credentials to whoever brings the pod's token. */
async function startIdentityAgent(token: string) {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ headers: { authorization } }, response) => {
    asked.push(authorization);
    if (authorization !== token) return void response.writeHead(401).end("{}");
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    const credentials = { AccessKeyId: "ASIAPOD", SecretAccessKey: "any", Token: "session", Expiration };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(credentials));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/credentials` };
}

it("unwraps keys with the credentials of the pod's identity", async () => {
  const kms = await startKms();
  onTestFinished(kms.stop);
  const key = Buffer.alloc(32, 1);
  const entry = await kms.wrap("k1", key);

  const folder = mkdtempSync(join(tmpdir(), "pod-identity-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "token"), "the pod's token");
  const agent = await startIdentityAgent("the pod's token");
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent.url);
  vi.stubEnv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", join(folder, "token"));

  const ring = await openKeyRing("TOKEN_KEYS", { service: "payment", env: { TOKEN_KEYS: entry } });
  expect(ring.current()).toEqual([{ id: "k1", key }]);
  expect(agent.asked).toEqual(["the pod's token"]);
});
