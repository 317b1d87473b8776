import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { routesByService } from "@tradepost/contracts/catalog";
import { asyncApiDocument } from "@tradepost/messaging/async-api";
import { openApiDocument } from "@tradepost/service-runtime/openapi";
import { publicApiDocument } from "./public-api.ts";
import { serviceEvents } from "./service-events.ts";

/** Every generated document by its path below `docs`; the same contracts give the same text. */
export function documents(): Map<string, string> {
  const services = Object.entries(routesByService).map(
    ([service, routes]) => [`openapi/${service}.json`, openApiDocument(service, routes)] as const,
  );
  const events = asyncApiDocument({ title: "Tradepost events", version: "1" }, serviceEvents());
  const all = [
    ...services,
    ["openapi/tradepost.json", publicApiDocument()] as const,
    ["asyncapi.json", events] as const,
  ];
  return new Map(all.map(([path, document]) => [path, `${JSON.stringify(document, null, 2)}\n`]));
}

/** Paths below `docs` whose file is not what the contracts say now: changed, missing, or of a service that is gone. */
export function outdated(docs: string): string[] {
  const wanted = documents();
  const changed = [...wanted].filter(([path, text]) => read(join(docs, path)) !== text).map(([path]) => path);
  const folder = join(docs, "openapi");
  const present = existsSync(folder) ? readdirSync(folder).map((name) => `openapi/${name}`) : [];
  return [...changed, ...present.filter((path) => !wanted.has(path))];
}

export function writeDocuments(docs: string): void {
  for (const [path, text] of documents()) {
    mkdirSync(dirname(join(docs, path)), { recursive: true });
    writeFileSync(join(docs, path), text);
  }
}

const read = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, "utf8") : undefined);
