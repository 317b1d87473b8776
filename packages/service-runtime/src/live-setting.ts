import type { z } from "zod";
import { ConfigError, readVariable } from "./config.ts";

const POLL_MS = 5_000;

export interface LiveSetting<T> {
  /** The value as last read. */
  current(): T;
  /** Reads the variable's file now, e.g. because something names a key that is not known yet; true when it changed. */
  refresh(): boolean;
  stop(): void;
}

export interface LiveSettingOptions {
  env?: Record<string, string | undefined>;
  pollMs?: number;
  onChange?: () => void;
  /** Told when the file cannot be read or is malformed; the value before it stays in use. */
  onRefused?: (error: ConfigError) => void;
}

/**
 * One variable that may change while the service runs: `X_FILE` is read again every five seconds. Polled, because mounted
 * secrets change by swapping a link, which file watchers miss. Throws ConfigError when the first value is not usable.
 */
export function liveSetting<S extends z.ZodType>(
  name: string,
  schema: S,
  { env = process.env, pollMs = POLL_MS, onChange = () => {}, onRefused = () => {} }: LiveSettingOptions = {},
): LiveSetting<z.output<S>> {
  let text = readText(name, env);
  let value = parse(name, schema, text);

  const refresh = (): boolean => {
    try {
      const next = readText(name, env);
      if (next === text) return false;
      value = parse(name, schema, next);
      text = next;
    } catch (error) {
      onRefused(error as ConfigError);
      return false;
    }
    onChange();
    return true;
  };
  const timer = env[`${name}_FILE`] ? setInterval(refresh, pollMs).unref() : undefined;
  return { current: () => value, refresh, stop: () => clearInterval(timer) };
}

function readText(name: string, env: Record<string, string | undefined>): string | undefined {
  try {
    return readVariable(name, env);
  } catch {
    throw new ConfigError(`${name}: the file that ${name}_FILE names cannot be read`);
  }
}

function parse<S extends z.ZodType>(name: string, schema: S, text: string | undefined): z.output<S> {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  throw new ConfigError(`${name}: ${text === undefined ? "is missing" : result.error.issues[0]?.message}`);
}
