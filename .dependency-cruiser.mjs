/** The directions of design: who may import whom. `pnpm verify` runs it. */
const inService = "^services/([^/]+)/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "services-never-import-each-other",
      severity: "error",
      from: { path: inService },
      to: { path: "^services/", pathNot: "^services/$1/" },
    },
    {
      name: "packages-never-import-services-web-or-tools",
      severity: "error",
      comment: "packages/testing may start real servers, through tooling/servers",
      from: { path: "^packages/", pathNot: "^packages/testing/|/test/" },
      to: { path: "^(services|web|tooling|e2e|bench)/" },
    },
    {
      name: "services-never-import-tools",
      severity: "error",
      comment: "no code path in a service knows of local stand-ins; its tests may start them",
      from: { path: "^services/[^/]+/src/" },
      to: { path: "^(tooling|packages/testing|web)/" },
    },
    {
      name: "contracts-import-only-zod",
      severity: "error",
      from: { path: "^packages/contracts/src/" },
      to: { pathNot: "^packages/contracts/src/|node_modules/zod/" },
    },
    {
      name: "browser-code-imports-browser-safe-packages",
      severity: "error",
      from: { path: "^(web/[^/]+|packages/(contracts|api-client))/src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "web-imports-only-contracts-and-client",
      severity: "error",
      from: { path: "^web/[^/]+/src/" },
      to: { path: "^(packages/(?!contracts|api-client)|services|tooling)" },
    },
    {
      name: "domain-is-pure",
      severity: "error",
      comment: "domain imports contract types, AppError and itself",
      from: { path: "^services/[^/]+/src/domain/" },
      to: {
        pathNot:
          "/src/domain/|^packages/contracts/|^packages/service-runtime/src/app-error|^node:|^(crypto|node_modules/)",
      },
    },
    {
      name: "storage-and-clients-know-no-use-case-values",
      severity: "error",
      comment: "types of ports are fine, running code is not",
      from: { path: "^services/[^/]+/src/(storage)/" },
      to: { path: "^services/[^/]+/src/(http|messaging|use-cases)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "use-cases-know-no-transport",
      severity: "error",
      from: { path: "^services/[^/]+/src/use-cases/" },
      to: { path: "^services/[^/]+/src/(http|messaging)/|node_modules/fastify/" },
    },
    {
      name: "transports-are-thin",
      severity: "error",
      comment: "http and messaging reach storage and clients only through use cases",
      from: { path: "^services/[^/]+/src/(http|messaging)/" },
      to: { path: "^services/[^/]+/src/(storage|clients)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    { name: "no-orphans-of-resolution", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules|dist" },
    exclude: { path: "(^|/)(dist|\\.turbo|\\.local|coverage)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
