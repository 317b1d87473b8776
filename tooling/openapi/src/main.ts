import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { outdated, writeDocuments } from "./documents.ts";

const help = `npm run openapi [-- --check]
  Writes docs/openapi/<service>.json, docs/openapi/tradepost.json (everything clients may call) and docs/asyncapi.json
  from the contracts.
  --check   writes nothing; exits with 1 and names the files that are not up to date`;

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});
const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));

if (values.help) console.log(help);
else if (values.check) {
  const files = outdated(docs);
  for (const file of files) console.error(`docs/${file} is not up to date: npm run openapi`);
  process.exitCode = files.length === 0 ? 0 : 1;
} else {
  writeDocuments(docs);
  console.log("docs/openapi and docs/asyncapi.json are written");
}
