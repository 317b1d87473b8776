import { writeFileSync } from "node:fs";
import { kongDocument } from "./kong-document.ts";

const folder = new URL("../../../deploy/kong/", import.meta.url);
writeFileSync(new URL("kong.yml", folder), kongDocument(new URL("template.yml", folder)));
console.log("deploy/kong/kong.yml is written");
