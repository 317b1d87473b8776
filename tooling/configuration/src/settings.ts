import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import type { ZodObject, z } from "zod";
import { Config as Cart } from "../../../services/cart/src/config.ts";
import { Config as Order } from "../../../services/order/src/config.ts";
import { Config as Payment } from "../../../services/payment/src/config.ts";
import { Config as Product } from "../../../services/product/src/config.ts";
import { Config as User } from "../../../services/user/src/config.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const BASE = "packages/service-runtime/src/service-base.ts";

export interface Setting {
  name: string;
  /** `required`, `optional`, or the default as one would write it. */
  unset: string;
  /** Its comment in the source; empty where the name says it all. */
  meaning: string;
}

export interface Settings {
  title: string;
  /** The file that declares them, relative to the repository. */
  source: string;
  settings: Setting[];
}

/** What can be set, as the services' own schemas say it: first what they all have, then each one's own. */
export function allSettings(): Settings[] {
  const services: [string, ZodObject][] = [
    ["product", Product],
    ["user", User],
    ["cart", Cart],
    ["order", Order],
    ["payment", Payment],
  ];
  const own = services.map(([service, { shape }]) => {
    const variables = Object.entries(shape).filter(([name]) => !(name in baseVariables));
    return describe(`${service} service`, `services/${service}/src/config.ts`, Object.fromEntries(variables));
  });
  return [describe("Every service", BASE, baseVariables), ...own];
}

function describe(title: string, source: string, shape: Record<string, unknown>): Settings {
  const text = readFileSync(repository + source, "utf8");
  const settings = Object.entries(shape).map(([name, schema]) => {
    return { name, unset: whenUnset(schema as z.ZodType), meaning: commentOf(name, text) };
  });
  return { title, source, settings };
}

/** What the schema makes of a variable that is not there. */
function whenUnset(schema: z.ZodType): string {
  const result = schema.safeParse(undefined);
  if (!result.success) return "required";
  if (result.data === undefined) return "optional";
  const text = Array.isArray(result.data) ? result.data.join(",") : String(result.data);
  return text === "" ? "optional" : `\`${text}\``;
}

/** The comment that stands directly above the setting's line. */
function commentOf(name: string, text: string): string {
  const found = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n {2}${name}:`).exec(text)?.[1] ?? "";
  return found.replace(/\s*\n\s*\*\s*/g, " ").trim();
}
