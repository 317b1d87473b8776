import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MUTATIONS, type MutationName, mutate } from "./mutations.ts";

/*
 * Loaded before a service (see `mutated`): changes one file of it while it is read. Nothing in the service knows. A
 * mutation that does not fit its file keeps the process from starting.
 */
const name = process.env.MUTATION ?? "";
if (!Object.hasOwn(MUTATIONS, name)) throw new Error(`there is no mutation ${name}`);
const mutation = MUTATIONS[name as MutationName];
const path = join(fileURLToPath(new URL("../../../../", import.meta.url)), mutation.file);
const url = pathToFileURL(path).href;
const source = mutate(readFileSync(path, "utf8"), mutation);

registerHooks({
  load: (loaded, context, nextLoad) => {
    const answer = nextLoad(loaded, context);
    return loaded === url ? { ...answer, source } : answer;
  },
});
