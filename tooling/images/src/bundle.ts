import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { BUNDLED_SERVICES, type BundledService, bundleService } from "./bundle-service.ts";

const HELP = `Bundles a service for its image: programs, migrations and the licences of what is inside.

  node tooling/images/src/bundle.ts SERVICE --out DIR

  SERVICE      ${BUNDLED_SERVICES.join(", ")}
  --out DIR    where to write; what is there is removed first
  --help       this text`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: "string" }, help: { type: "boolean", default: false } },
});
const [service] = positionals;

if (values.help || values.out === undefined || !isService(service)) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 2;
} else {
  const { files, bytes } = await bundleService(service, resolve(values.out));
  console.log(`${service}: ${files.length} files, ${(bytes / 1_000_000).toFixed(1)} MB`);
}

function isService(name: string | undefined): name is BundledService {
  return BUNDLED_SERVICES.includes(name as BundledService);
}
