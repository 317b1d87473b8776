import { readFileSync } from "node:fs";
import { routesByService } from "@tradepost/contracts/catalog";
import { type Access, isExposed, type RouteContract } from "@tradepost/contracts/route";
import { parse, stringify } from "yaml";

type PluginEntry = { name: string; config: Record<string, unknown> };

interface Template {
  timeouts: Record<string, number>;
  accessPlugins: Record<string, PluginEntry[]>;
  addressLimit: Record<string, unknown>;
  consumers: unknown[];
  plugins: PluginEntry[];
}

const CONNECT_TIMEOUT_MS = 2000;
const HEADER = `# Made by tooling/gateway/src/generate-kong.ts from packages/contracts and deploy/kong/template.yml. Do not edit.
`;

/** The text of kong.yml: one Kong service per service, one Kong route per contract route that the gateway exposes. */
export function kongDocument(templateFile: URL): string {
  const template = parse(readFileSync(templateFile, "utf8")) as Template;
  const luaFolder = new URL("lua/", templateFile);
  const services = Object.entries(routesByService).map(([service, routes]) => ({
    name: service,
    url: `http://${service}:3000`,
    connect_timeout: CONNECT_TIMEOUT_MS,
    read_timeout: timeoutMs(template, service),
    write_timeout: timeoutMs(template, service),
    // Kong would repeat a write whose answer was lost; the mesh repeats what never left.
    retries: 0,
    tags: ["tradepost"],
    routes: Object.entries(routes)
      .filter(([, route]) => isExposed(route))
      .map(([name, route]) => kongRoute(`${service}-${name}`, route, template)),
  }));
  const document = {
    _format_version: "3.0",
    _transform: true,
    services,
    consumers: template.consumers,
    plugins: template.plugins.map((plugin) => withLua(plugin, luaFolder)),
  };
  return HEADER + stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}

function kongRoute(name: string, route: RouteContract, template: Template) {
  const access = accessName(route.access);
  const segments = route.path.split("/").slice(1);
  return {
    name,
    methods: [route.method, "OPTIONS"],
    paths: [`~/${segments.map(segmentPattern).join("/")}$`],
    // /sessions/current before /sessions/:sessionId
    regex_priority: segments.filter((segment) => !segment.startsWith(":")).length,
    strip_path: false,
    preserve_host: false,
    tags: [`access:${access}`, ...(typeof route.access === "object" ? permissionTags(route.access) : [])],
    plugins: routePlugins(name, route, template),
  };
}

function routePlugins(name: string, route: RouteContract, template: Template): PluginEntry[] {
  const access = accessName(route.access);
  const { limitPerMinute: minute } = route;
  if (minute === undefined) return template.accessPlugins[access] ?? noPlugins(name, access);
  if (access !== "public" && access !== "webhook") throw new Error(`${name} has a limit by address but a known caller`);
  return [{ name: "rate-limiting", config: { minute, ...template.addressLimit } }];
}

const permissionTags = (access: Exclude<Access, string>): string[] =>
  "staff" in access ? [`permission:${access.staff}`] : [];

const accessName = (access: Access): string => (typeof access === "string" ? access : "staff");

const segmentPattern = (segment: string): string =>
  segment.startsWith(":") ? `(?<${segment.slice(1)}>[^/]+)` : segment.replaceAll(/[.+*?^$()[\]{}|\\]/g, "\\$&");

function noPlugins(name: string, access: string): never {
  throw new Error(`template.yml says nothing about ${name}, whose access is ${access}`);
}

function timeoutMs({ timeouts }: Template, service: string): number {
  const seconds = timeouts[service];
  if (seconds === undefined) throw new Error(`template.yml has no timeout for ${service}`);
  return seconds * 1000;
}

function withLua(plugin: PluginEntry, luaFolder: URL): PluginEntry {
  if (!plugin.name.endsWith("-function")) return plugin;
  const phases = Object.entries(plugin.config as Record<string, string[]>).map(([phase, files]) => [
    phase,
    files.map((file) => readFileSync(new URL(file, luaFolder), "utf8")),
  ]);
  return { name: plugin.name, config: Object.fromEntries(phases) };
}
