import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A MongoDB server by others, to ask the same questions. */
export interface SecondServer {
  name: string;
  kind: "mongodb" | "mongo-java-server";
  url: string;
  stop(): Promise<void>;
}

const javaServer = fileURLToPath(new URL("../../../../shared/bin/mongo-second", import.meta.url));

/** MONGODB_URL, a `mongod` on the PATH, or `../shared/bin/mongo-second`; undefined when there is none of them. */
export async function findSecondServer(): Promise<SecondServer | undefined> {
  const url = process.env.MONGODB_URL;
  if (url) return { name: "the server of MONGODB_URL", kind: "mongodb", url, stop: async () => {} };
  const mongod = (process.env.PATH ?? "")
    .split(delimiter)
    .map((dir) => join(dir, "mongod"))
    .find(existsSync);
  if (mongod) return startMongod(mongod);
  if (!existsSync(javaServer)) return undefined;
  const port = await freePort();
  const child = spawn(javaServer, [String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  await Promise.race([once(child.stdout, "data"), died(child, javaServer)]);
  return {
    name: "mongo-java-server",
    kind: "mongo-java-server",
    url: `mongodb://127.0.0.1:${port}`,
    stop: () => stop(child),
  };
}

async function startMongod(command: string): Promise<SecondServer> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "second-mongod-"));
  const args = ["--dbpath", dir, "--port", String(port), "--bind_ip", "127.0.0.1", "--nounixsocket", "--quiet"];
  const child = spawn(command, args, { stdio: "ignore" });
  await Promise.race([untilListening(port), died(child, command)]);
  const clear = async () => {
    await stop(child);
    rmSync(dir, { recursive: true, force: true });
  };
  return { name: "mongod", kind: "mongodb", url: `mongodb://127.0.0.1:${port}`, stop: clear };
}

async function died(child: ChildProcess, command: string): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`${command} ended with ${code} before it was ready`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await pause(50);
  }
}
