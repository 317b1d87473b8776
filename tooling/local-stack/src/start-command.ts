import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import { openDisplay } from "./display.ts";
import { findRunning, forgetRunning, noteAddresses, noteRunning } from "./run-file.ts";
import { DEMO_ACCOUNT, DEMO_STAFF } from "./seed.ts";
import { repository } from "./services.ts";
import { type Stack, startStack } from "./stack.ts";
import { stop as endLeftovers } from "./stop-command.ts";

export interface StartOptions {
  dir: string;
  port: number;
  replicas: number;
}

/** Ports that nobody else is likely to use; each shifts when it is taken. */
const portsFrom = (gateway: number) => ({
  gateway,
  sandbox: 8090,
  services: 21_001,
  stores: { postgres: 25_432, redis: 26_379, rabbitmq: 25_672, mongo: 27_117 },
});

/** Drawn once for all data folders: the pictures depend on nothing but their code. */
const mediaDir = join(repository, ".local/media");

/** Starts the shop, shows its way up, and runs until it is told to stop. Resolves to the exit code. */
export async function start({ dir, port, replicas }: StartOptions): Promise<number> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const other = findRunning(dir);
  if (other) {
    console.error(`The shop is running already (process ${other.pid}). "npm run stop" stops it.`);
    return 1;
  }
  await endLeftovers(dir);
  noteRunning(dir);
  const asked = stopAsked();
  const startedAt = performance.now();
  const display = openDisplay();
  const onCrash = (name: string, pid: number) =>
    console.error(styleText("yellow", `${name} (process ${pid}) has crashed and is started again; see ${dir}/logs`));
  try {
    const starting = startStack({
      dir,
      mediaDir,
      pictures: "first",
      replicas,
      ports: portsFrom(port),
      track: display.track,
      onCrash,
    });
    const stack = await Promise.race([starting, asked.promise]);
    if (!stack) {
      await starting.then((late) => late.stop()).catch(() => {});
      return 130;
    }
    noteAddresses(dir, { rabbitUrl: stack.stores.rabbitUrl, serviceUrls: stack.serviceUrls });
    await display.close();
    console.log(welcome(stack, dir, port, (performance.now() - startedAt) / 1000));
    await asked.promise;
    console.log("\nStopping…");
    await stack.stop();
    console.log("Everything has stopped. Your data is kept for the next start.");
    return 0;
  } catch (error) {
    await display.close();
    console.error(
      `\n${styleText("red", "The shop could not start.")}\n${error instanceof Error ? error.message : error}`,
    );
    console.error(`Logs: ${dir}/logs and ${dir}/stores. "npm run doctor" says what this machine lacks.`);
    return 1;
  } finally {
    forgetRunning(dir);
  }
}

/** Resolves with the first signal; the second one ends at once, leaving servers to the next start. */
function stopAsked() {
  const asked = Promise.withResolvers<undefined>();
  let count = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      count += 1;
      if (count > 2) process.exit(130);
      asked.resolve(undefined);
    });
  return asked;
}

function welcome(stack: Stack, dir: string, port: number, seconds: number): string {
  const bold = (text: string) => styleText("bold", text);
  const shifted = stack.url.endsWith(`:${port}`) ? "" : `  (port ${port} was taken)`;
  return `
${styleText("green", "Tradepost is open.")} Ready after ${seconds.toFixed(0)} s.

  ${bold("Shop")}         ${stack.url}${shifted}
  ${bold("Inbox")}        ${stack.sandboxUrl}/inbox   the mails and messages it sends
  ${bold("Sandbox")}      ${stack.sandboxUrl}         payments, test cards, faults
  ${bold("API")}          ${stack.url}/v1/products   documented in docs/openapi

  ${bold("Demo account")} ${DEMO_ACCOUNT.email}, password ${DEMO_ACCOUNT.password}
  ${bold("Demo admin")}   ${DEMO_STAFF.email}, password ${DEMO_STAFF.password}; add an authenticator app first
  ${bold("Promotions")}   WELCOME10 (10 % off), TABLE5 (5.00 off from 40.00)
  ${bold("Test cards")}   4242 4242 4242 4242   succeeds
               4000 0000 0000 0002   is declined
               4000 0000 0000 9995   has insufficient funds
               4000 0027 6000 3184   asks for authentication
               any future date and any three digits

  MongoDB      ${stack.stores.mongoDescription}
  Data, logs   ${dir}

Ctrl-C stops everything.`;
}
