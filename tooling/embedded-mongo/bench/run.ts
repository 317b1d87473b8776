import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";
import { scenarios } from "./scenarios.ts";

/**
 * `node bench/run.ts [NAME…]`: each scenario against a server of its own process with a journal, or against
 * MONGODB_URL. Client and server share the machine, so the rates are what one developer's computer sees.
 */
const only = process.argv.slice(2);
const dataDir = mkdtempSync(join(tmpdir(), "embedded-mongo-bench-"));
const server = process.env.MONGODB_URL ? undefined : await startServer();
const url = process.env.MONGODB_URL ?? server?.url ?? "";
const client = await MongoClient.connect(url);
const db = client.db(`bench_${process.pid}`);
try {
  for (const { name, prepare, operations, clients = 1, run } of scenarios) {
    if (only.length > 0 && !only.some((part) => name.includes(part))) continue;
    await prepare?.(db);
    const startedAt = performance.now();
    const cpuBefore = serverCpuMs();
    let next = 0;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (next < operations) await run(db, next++);
      }),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    const cpuMs = (serverCpuMs() - cpuBefore) / operations;
    const rate = `${Math.round(operations / seconds)}/s`.padStart(9);
    console.log(`${name.padEnd(60)} ${rate} ${cpuMs.toFixed(3).padStart(9)} ms of the server's CPU each`);
  }
  if (server?.process.pid)
    console.log("server memory", /VmRSS:\s+(.*)/.exec(readFileSync(`/proc/${server.process.pid}/status`, "utf8"))?.[1]);
} finally {
  await db.dropDatabase();
  await client.close();
  server?.process.kill("SIGTERM");
  if (server) await once(server.process, "exit");
  rmSync(dataDir, { recursive: true, force: true });
}

function proc(file: string): string {
  try {
    return readFileSync(`/proc/${server?.process.pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

// User and system time, in ticks of 10 ms, where Linux tells them: the rates depend on what else the machine does.
function serverCpuMs(): number {
  const [user = 0, system = 0] = proc("stat").split(" ").slice(13, 15).map(Number);
  return (user + system) * 10;
}

async function startServer(): Promise<{ url: string; process: ChildProcess }> {
  const main = process.env.EMBEDDED_MAIN ?? fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "--port", process.env.EMBEDDED_PORT ?? "0", "--data", dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    url: /mongodb:\S+/.exec(String(line))?.[0] ?? `mongodb://127.0.0.1:${process.env.EMBEDDED_PORT}`,
    process: child,
  };
}
