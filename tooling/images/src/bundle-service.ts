import { cp, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OutputChunk, rolldown } from "rolldown";
import { collectLicences } from "./licences.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** The programs of each service by the names of their files in `src`: the service itself, and what operators run. */
const PROGRAMS = {
  product: ["main", "import"],
  user: ["main", "create-account", "rotate-keys", "grant-role", "remove-factors", "wrap-key"],
  cart: ["main"],
  order: ["main", "import-promotions"],
  payment: ["main", "reencrypt-tokens", "wrap-key"],
} as const;
export type BundledService = keyof typeof PROGRAMS;
export const BUNDLED_SERVICES = Object.keys(PROGRAMS) as BundledService[];

/** Services whose code looks for SQL files in the folder above it. */
const MIGRATIONS: Partial<Record<BundledService, readonly string[]>> = {
  user: ["services/user/migrations", "packages/postgres/messaging-migrations"],
  order: ["services/order/migrations", "packages/postgres/messaging-migrations"],
  payment: ["services/payment/migrations", "packages/postgres/messaging-migrations"],
};

/** Asked for only when an operator chooses a feature that the images leave out: other drivers, OTLP over gRPC. */
const OPTIONAL = new Set([
  "@grpc/grpc-js",
  "pg-native",
  "@aws-sdk/credential-providers",
  "@mongodb-js/zstd",
  "gcp-metadata",
  "kerberos",
  "mongodb-client-encryption",
  "snappy",
  "socks",
]);

export interface Bundle {
  /** Files of `dist`, programs first. */
  files: string[];
  bytes: number;
}

/**
 * Writes what a service's image holds into `outDir`: `dist/` with its programs and all their code, the migrations beside
 * it, where the code looks for them, and the licences of what was bundled. Throws for an import that nothing answers.
 */
export async function bundleService(service: BundledService, outDir: string): Promise<Bundle> {
  const root = join(repository, "services", service);
  await rm(outDir, { recursive: true, force: true });
  const bundle = await rolldown({
    input: Object.fromEntries(PROGRAMS[service].map((name) => [name, join(root, "src", `${name}.ts`)])),
    platform: "node",
    cwd: repository,
  });
  const { output } = await bundle.write({
    dir: join(outDir, "dist"),
    format: "esm",
    // Migrations are found relative to the code, so no chunk lies deeper than its programs.
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
  });
  await bundle.close();
  const chunks = output.filter((part) => part.type === "chunk");
  refuseMissing(service, chunks);
  for (const path of MIGRATIONS[service] ?? [])
    await cp(join(repository, path), join(outDir, path.split("/").at(-1) ?? ""), { recursive: true });
  await writeFile(join(outDir, "licences.txt"), await collectLicences(chunks.flatMap(({ moduleIds }) => moduleIds)));
  const files = chunks.map(({ fileName }) => fileName);
  return { files, bytes: chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0) };
}

/** A bundle that imports what is not in it would fail in the image, perhaps long after its start. */
function refuseMissing(service: string, chunks: readonly OutputChunk[]): void {
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const wanted = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
  const required = chunks.flatMap(({ code }) =>
    [...code.matchAll(/__require\("([^"]+)"\)/g)].map(([, id]) => id ?? ""),
  );
  const missing = [...wanted, ...required].filter((id) => !isBuiltin(id) && !own.has(id) && !OPTIONAL.has(id));
  if (missing.length > 0) throw new Error(`${service}: not in the bundle: ${[...new Set(missing)].join(", ")}`);
}
