import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { configurationDocument } from "./document.ts";

const HELP = `npm run configuration [-- --check]
  Writes docs/configuration.md from the services' settings.
  --check   writes nothing; exits with 1 when it is not up to date`;

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});
const file = fileURLToPath(new URL("../../../docs/configuration.md", import.meta.url));

if (values.help) console.log(HELP);
else if (!values.check) {
  writeFileSync(file, configurationDocument());
  console.log("docs/configuration.md is written");
} else if (readFileSync(file, "utf8") !== configurationDocument()) {
  console.error("docs/configuration.md is not up to date: npm run configuration");
  process.exitCode = 1;
}
