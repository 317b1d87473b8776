import { allSettings, type Settings } from "./settings.ts";

const INTRODUCTION = `# Configuration

Made from the services' settings by \`npm run configuration\`; a test fails when it is out of date.

Everything arrives as environment variables, read and checked once at start. What is missing or malformed stops the start
with a message that names it and never its value. An empty variable counts as not set. For any \`NAME\`, \`NAME_FILE\` may
name a file that holds the value instead, as mounted secrets do; it wins over \`NAME\`. No secret has a default.

Not in the tables, because libraries read them: \`OTEL_EXPORTER_OTLP_ENDPOINT\` switches tracing on, together with the
other \`OTEL_\` variables (over HTTP; the images leave gRPC out). \`SENTRY_DSN\` switches error reports on, and
\`SENTRY_ENVIRONMENT\` labels them.
`;

/** docs/configuration.md. */
export const configurationDocument = (): string => [INTRODUCTION, ...allSettings().map(section)].join("\n");

function section({ title, source, settings }: Settings): string {
  const rows = settings.map(({ name, unset, meaning }) => [`\`${name}\``, unset, meaning]);
  return `## ${title}

Declared in [${source}](../${source}).

${table([["variable", "when not set", ""], ...rows])}`;
}

/** Columns as wide as their widest cell, which is how Biome formats a table. */
function table(rows: readonly string[][]): string {
  const [header = []] = rows;
  const widths = header.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |\n`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(header), rule, ...rows.slice(1).map(line)].join("");
}
