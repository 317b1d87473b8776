import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { type Arrival, environment, fakeService, kongFile, NO_REDIS, portOf } from "./gateway-for-tests.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

function run(...args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...environment }, stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  return { child, output: () => output };
}

async function finished(...args: string[]): Promise<{ code: unknown; text: string }> {
  const { child, output } = run(...args);
  const [code] = await once(child, "close");
  return { code, text: output() };
}

it("says how it is used", async () => {
  const { code, text } = await finished("--help");
  expect(code).toBe(0);
  for (const option of ["--config", "--upstream", "--static", "--media", "--trusted-ips"])
    expect(text).toContain(option);
});

it.each([
  [["--config", "gone.yml"], "gone.yml"],
  [[], "--config is missing"],
  [["--config", kongFile, "--upstream", "product"], "--upstream product is not like"],
  [["--config", kongFile, "--port", "eighty"], "eighty is not a port"],
  [["--config", kongFile, "--redis-url", NO_REDIS, "--trusted-ips", "everyone"], "everyone is not an address"],
  [["--config", kongFile], "REDIS_HOST"],
  [["--prot", "80"], "--prot"],
])("does not start with %j, and says why", async (args, why) => {
  const { code, text } = await finished(...args);
  expect(code).toBe(1);
  expect(text).toContain("the gateway cannot start");
  expect(text).toContain(why);
});

it("starts, serves, and lets a running request end when it is told to stop", async () => {
  const arrivals: Arrival[] = [];
  const more = Promise.withResolvers<void>();
  const service = await fakeService("product", arrivals, async (_request, response) => {
    await more.promise;
    response.end("done");
  });
  onTestFinished(() => void service.close());
  const { child, output } = run(
    ...["--config", kongFile, "--port", "0", "--redis-url", NO_REDIS],
    ...["--upstream", `product=http://127.0.0.1:${portOf(service)}`],
  );
  await expect.poll(output).toMatch(/^gateway at (http:\S+)\nready\n$/);
  const url = output().split(/\s/)[2] ?? "";
  const answer = fetch(`${url}/v1/products`);
  await expect.poll(() => arrivals.length).toBe(1);
  const closed = once(child, "close");
  child.kill("SIGTERM");
  await expect
    .poll(() =>
      fetch(`${url}/v1/nowhere`).then(
        () => "open",
        () => "closed",
      ),
    )
    .toBe("closed");
  more.resolve();
  expect(await (await answer).text()).toBe("done");
  expect((await closed)[0]).toBe(0);
});
