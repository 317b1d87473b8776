import { readFileSync } from "node:fs";
import { z } from "zod";

/** Says which variables are missing or malformed, by name and never by value: they may be secrets. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Record<string, string | undefined>;

/**
 * Reads a service's settings from environment variables, once, at start. `X_FILE` names a file that holds X, as mounted
 * secrets do. Throws ConfigError that names every variable that is missing or malformed.
 */
export function loadConfig<S extends z.ZodObject>(schema: S, env: Environment = process.env): z.output<S> {
  const values: Environment = {};
  const problems: string[] = [];
  for (const name of Object.keys(schema.shape)) {
    try {
      values[name] = readVariable(name, env);
    } catch {
      problems.push(`  ${name}: the file that ${name}_FILE names cannot be read`);
    }
  }
  const result = schema.safeParse(values);
  for (const issue of result.success ? [] : result.error.issues) {
    const name = String(issue.path[0] ?? "");
    const isUnread = problems.some((problem) => problem.startsWith(`  ${name}:`));
    if (!isUnread) problems.push(`  ${name}: ${values[name] === undefined ? "is missing" : issue.message}`);
  }
  if (!result.success || problems.length > 0) throw new ConfigError(`Cannot start:\n${problems.join("\n")}`);
  return result.data;
}

/** A variable, or what the file holds that `X_FILE` names. An empty one counts as none, as compose files and charts write it. */
export function readVariable(name: string, env: Environment): string | undefined {
  const file = env[`${name}_FILE`];
  const value = file ? readFileSync(file, "utf8").replace(/\r?\n$/, "") : env[name];
  return value === "" ? undefined : value;
}

/**
 * Runs a service's main; a ConfigError is printed as it is, anything else with its stack, and the process exits with 1.
 * No other property of an error is printed: a database's `detail` quotes rows, a URL's `input` passwords.
 */
export async function runMain(main: () => Promise<unknown>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(error instanceof ConfigError ? error.message : text);
    process.exit(1);
  }
}

/** A URL of one of the protocols, e.g. `zUrl("postgres", "postgresql")`; HTTP or HTTPS when none is named. */
export const zUrl = (...protocols: string[]) => {
  const allowed = protocols.length > 0 ? protocols : ["http", "https"];
  return z.string().refine((value) => URL.canParse(value) && allowed.includes(new URL(value).protocol.slice(0, -1)), {
    message: `must be a URL that begins with ${allowed.map((protocol) => `${protocol}://`).join(" or ")}`,
  });
};

/** A TCP port; 0 lets the system choose. */
export const zPort = () =>
  z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .transform(Number)
    .refine((port) => port <= 65535, "must be a port number");

/** A secret of at least `minBytes` bytes. */
export const zSecret = (minBytes = 32) =>
  z.string().refine((value) => Buffer.byteLength(value) >= minBytes, `must hold at least ${minBytes} bytes`);

/** A whole number between two bounds, both allowed. */
export const zInteger = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

/** Comma-separated values, trimmed. */
export const zList = () =>
  z.string().transform((value) =>
    value
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );
