import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

const Service = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.literal("unless-stopped").optional(),
});
const ComposeFile = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) });

export const composeText = readFileSync(`${repository}docker-compose.yml`, "utf8");

/** docker-compose.yml with the variables put in. Throws for one that is not given. */
export function readComposeFile(variables: Record<string, string>): z.output<typeof ComposeFile> {
  const put = (text: string) =>
    text.replace(/(?<!\$)\$\{(\w+):\?[^}]*\}/g, (_, name: string) => {
      const value = variables[name];
      if (value === undefined) throw new Error(`docker-compose.yml wants ${name}`);
      return value;
    });
  const visit = (node: unknown): unknown => {
    if (typeof node === "string") return put(node);
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
  };
  return ComposeFile.parse(visit(parse(composeText, { merge: true })));
}
