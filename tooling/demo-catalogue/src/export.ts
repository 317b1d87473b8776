import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { catalogue } from "./catalogue.ts";

const HELP = `Writes the demo catalogue as JSON, in the shape that the product service imports.

  node src/export.ts --file catalogue.json

  --file FILE   where to write it ("-" is standard output)
  --help        this text`;

const { values } = parseArgs({ options: { file: { type: "string" }, help: { type: "boolean", default: false } } });

if (values.help || values.file === undefined) {
  console.log(HELP);
  if (!values.help) process.exitCode = 2;
} else {
  const json = `${JSON.stringify(catalogue)}\n`;
  if (values.file === "-") process.stdout.write(json);
  else writeFileSync(values.file, json);
}
