import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { KongConfig } from "./kong-config.ts";
import { type Environment, resolveVaultReferences } from "./vault-references.ts";

/**
 * kong.yml with its references resolved. Throws an Error that names what is missing in the environment, or what in the
 * file this gateway does not know: a plugin, a field, or a value it would not treat as Kong does.
 */
export function readKongConfig(file: string, env: Environment): KongConfig {
  const document: unknown = parse(readFileSync(file, "utf8"), { merge: false });
  const result = KongConfig.safeParse(resolveVaultReferences(document, env));
  if (!result.success) throw new Error(`${file} is not what this gateway can do:\n${z.prettifyError(result.error)}`);
  return result.data;
}
