import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { findProgram } from "@tradepost/servers/programs";
import type { StartedTestContainer } from "testcontainers";
import { startTogether, type TestStores } from "./store-addresses.ts";

const DOCKER_TIMEOUT_MS = 2_000;

/**
 * Whether the stores shall run in containers: a Docker engine answers within 2 s, and TRADEPOST_TEST_CONTAINERS=1 asks
 * for it or this machine lacks the servers themselves.
 */
export async function wantsContainers(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const asked = env.TRADEPOST_TEST_CONTAINERS === "1";
  const lacksServers = !findProgram("redis-server") || !findProgram("rabbitmq-server");
  if (!asked && !lacksServers) return false;
  const answers = await dockerAnswers();
  if (asked && !answers) throw new Error("TRADEPOST_TEST_CONTAINERS=1, but no Docker engine answers `docker info`");
  return answers;
}

/** The stores from their official images, removed with their data at the end. */
export async function startContainerStores(): Promise<TestStores> {
  const { GenericContainer, Wait } = await import("testcontainers"); // half a second, for those who need it
  const password = randomBytes(24).toString("base64url");
  const { started, stop } = await startTogether([
    new GenericContainer("postgres:18")
      .withEnvironment({ POSTGRES_USER: "tradepost", POSTGRES_PASSWORD: password, POSTGRES_DB: "postgres" })
      .withCommand(["-c", "fsync=off", "-c", "max_connections=300"])
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
      .start(),
    new GenericContainer("redis:8")
      .withCommand(["redis-server", "--requirepass", password, "--databases", "1024"])
      .withExposedPorts(6379)
      .start(),
    new GenericContainer("rabbitmq:4-management")
      .withEnvironment({ RABBITMQ_DEFAULT_USER: "tradepost", RABBITMQ_DEFAULT_PASS: password })
      .withExposedPorts(5672, 15_672)
      .withWaitStrategy(Wait.forLogMessage(/Server startup complete/))
      .start(),
    new GenericContainer("mongo:8").withExposedPorts(27_017).start(),
  ] as const);
  const [postgres, redis, rabbitmq, mongo] = started;
  const addresses = {
    postgresUrl: `postgres://tradepost:${password}@${address(postgres, 5432)}/postgres`,
    redisUrl: `redis://:${password}@${address(redis, 6379)}`,
    rabbitUrl: `amqp://tradepost:${password}@${address(rabbitmq, 5672)}`,
    rabbitManagementUrl: `http://tradepost:${password}@${address(rabbitmq, 15_672)}`,
    mongoUrl: `mongodb://${address(mongo, 27_017)}/?directConnection=true`,
    mongoKind: "container" as const,
  };
  return { addresses, stop };
}

function address(container: StartedTestContainer, port: number): string {
  return `${container.getHost()}:${container.getMappedPort(port)}`;
}

async function dockerAnswers(): Promise<boolean> {
  try {
    await promisify(execFile)("docker", ["info"], { timeout: DOCKER_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}
