import { UsageError } from "./usage-error.ts";

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The moment that an option names: so long ago (`90s`, `5m`, `24h`, `7d`), or an ISO time with its zone.
 * Throws UsageError.
 */
export function parseMoment(option: string, text: string, now: number): string {
  const ago = /^(\d{1,6})([smhd])$/.exec(text);
  if (ago) return new Date(now - Number(ago[1]) * (UNIT_MS[ago[2] ?? ""] ?? 0)).toISOString();
  const isTime = /^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isTime) throw new UsageError(`${option} ${text}: say how long ago (90s, 5m, 24h, 7d) or when, as an ISO time.`);
  return new Date(text).toISOString();
}
