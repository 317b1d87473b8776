import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./services.ts";
import { type Supervised, supervise } from "./supervise.ts";

export interface SandboxProcessOptions {
  dir: string;
  port: number;
  /** Where Stripe's events go: straight to the payment service, as the provider's own network would reach the gateway. */
  webhook: { url: string; secret: string };
  onCrash: (name: string, pid: number) => void;
}

/** The stand-ins for third parties, as a process of their own that keeps what happened. */
export function startSandbox({ dir, port, webhook, onCrash }: SandboxProcessOptions): Promise<Supervised> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const options = {
    port: String(port),
    data: join(dir, "data"),
    "webhook-url": webhook.url,
    "webhook-secret": webhook.secret,
  };
  const args = Object.entries({ ...options, "public-url": `http://localhost:${port}` }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  return supervise(
    {
      ...{ name: "sandbox", dir, command: process.execPath, env: { PATH: process.env.PATH } },
      args: [join(repository, "tooling/sandbox/src/main.ts"), ...args],
      isReady: () => answers(`http://127.0.0.1:${port}/`),
    },
    onCrash,
  );
}

/** Whether anything answers at the address with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}
