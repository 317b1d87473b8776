import { fileURLToPath } from "node:url";
import type { MutationName } from "./mutations.ts";

/** The environment that makes a Node process run with a mutation; for `serviceEnv` of a stack. */
export const mutated = (name: MutationName): Record<string, string> => ({
  MUTATION: name,
  NODE_OPTIONS: `--import ${fileURLToPath(new URL("mutated-process.ts", import.meta.url))}`,
});
