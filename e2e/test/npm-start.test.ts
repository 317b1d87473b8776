import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listOrders } from "@tradepost/contracts/order";
import { signIn } from "@tradepost/contracts/user";
import { freePort } from "@tradepost/servers/ports";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, expect, it } from "vitest";
import { awaitStatus, checkOut, pickVariant, putIntoCart } from "../src/purchase.ts";
import { confirmPayment } from "../src/sandbox.ts";
import { newVisitor } from "../src/visitor.ts";

const dir = mkdtempSync(join(tmpdir(), "tradepost-start-"));
const root = join(import.meta.dirname, "../..");
const interrupts: (() => Promise<number | null>)[] = [];
afterAll(async () => {
  for (const interrupt of interrupts) await interrupt(); // where the test has not come to it
  rmSync(dir, { recursive: true, force: true });
});

/** `npm start` as a newcomer runs it, but for the folder of its data and the port. */
async function npmStart(port: number, ...options: string[]) {
  const args = ["tooling/local-stack/src/main.ts", "start", "--data", dir, "--port", String(port), ...options];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  /** Ctrl-C. Resolves to the exit code. */
  const interrupt = () => {
    child.kill("SIGINT");
    return ended;
  };
  interrupts.push(interrupt);
  const address = (label: string) => new RegExp(`${label}\\s+(http://localhost:\\d+)`).exec(output)?.[1] ?? "";
  await waitFor(() => output.includes("Ctrl-C stops everything") || child.exitCode !== null, {
    ...{ timeoutMs: 300_000, intervalMs: 100, what: "the shop to open" },
  });
  return {
    output: () => output,
    url: address("Shop"),
    sandboxUrl: address("Sandbox"),
    interrupt,
  };
}

/** Command lines of processes that have to do with the data folder. */
const leftovers = (): string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return []; // it has just ended
      }
    })
    .filter((command) => command.includes(dir));

it("opens, sells, names a crashed service and starts it again, stops without a trace, and finds everything again", async () => {
  const port = await freePort();
  const first = await npmStart(port, "--replicas", "2");
  expect(first.output()).toContain("Tradepost is open.");
  expect(first.output()).toContain("ada@example.com");

  const visitor = newVisitor(first.url);
  const [, email = "", password = ""] = /Demo account\S*\s+(\S+), password (\S+)/.exec(first.output()) ?? [];
  await visitor.call(signIn, { body: { email, password } });
  await putIntoCart(visitor, (await pickVariant(visitor)).variant.sku, 1);
  const placed = await checkOut(visitor);
  await confirmPayment(first.sandboxUrl, placed.payment, "pm_card_visa");
  await awaitStatus(visitor, placed, "confirmed");

  const { server } = JSON.parse(readFileSync(join(dir, "logs/cart-1.pid.json"), "utf8")) as { server: { pid: number } };
  process.kill(server.pid, "SIGKILL");
  await waitFor(() => first.output().includes(`cart-1 (process ${server.pid}) has crashed`), {
    ...{ timeoutMs: 60_000, what: "the crash's name" },
  });

  expect(await first.interrupt()).toBe(0);
  expect(leftovers()).toEqual([]);

  const second = await npmStart(port);
  const { items } = await visitor.call(listOrders, { query: {} });
  expect(items.map(({ id }) => id)).toContain(placed.order.id);
  expect(await second.interrupt()).toBe(0);
  expect(leftovers()).toEqual([]);
}, 900_000);
