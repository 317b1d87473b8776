import { AppError, invalidRequest } from "./app-error.ts";
import { containsCardNumber } from "./card-number.ts";

const MAX_DEPTH = 20;
const CONTROL_CHARACTER = /[^\P{Cc}\n\r\t]/u;
/** ASCII without control characters: what most text is, and needs no closer look. */
const PLAIN_TEXT = /^[\x20-\x7e]*$/;
// The last two are asked for wherever a value is compared: as the length of a text, say, which schemas look at in objects.
const REFUSED_KEYS = new Set(["__proto__", "constructor", "prototype", "toString", "valueOf"]);

const refuse = (path: string, message: string): AppError => invalidRequest([{ path, message }]);

/**
 * The rules every input obeys, whatever its contract: depth at most 20, no operator or prototype keys, finite numbers,
 * well-formed text without control characters (line breaks and tabs aside), no payment card numbers but in the fields
 * `longNumbers`. Returns the input with its text in Unicode NFC; objects are changed in place. Throws AppError 400.
 */
export function applyInputRules(value: unknown, longNumbers: readonly string[] = [], path = "", depth = 0): unknown {
  if (typeof value === "string") return checkText(value, path, !longNumbers.includes(path));
  if (typeof value === "number") return checkNumber(value, path);
  if (value === null || typeof value !== "object") return value;
  if (depth >= MAX_DEPTH) throw refuse(path, `must not be nested deeper than ${MAX_DEPTH}`);
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    if (!Array.isArray(value)) checkKey(key, path);
    const child = holder[key];
    const checked = applyInputRules(child, longNumbers, path === "" ? key : `${path}.${key}`, depth + 1);
    if (checked !== child) holder[key] = checked;
  }
  return value;
}

function checkText(text: string, path: string, refusesCards: boolean): string {
  if (refusesCards && containsCardNumber(text)) throw cardRefused();
  if (PLAIN_TEXT.test(text)) return text;
  if (CONTROL_CHARACTER.test(text)) throw refuse(path, "must not hold control characters");
  if (!text.isWellFormed()) throw refuse(path, "must be well-formed Unicode");
  return text.normalize("NFC");
}

function checkNumber(number: number, path: string): number {
  if (!Number.isFinite(number)) throw refuse(path, "must be a finite number");
  if (Number.isSafeInteger(number) && number > 1e12 && containsCardNumber(String(number))) throw cardRefused();
  return number;
}

function checkKey(key: string, path: string): void {
  if (key.startsWith("$") || REFUSED_KEYS.has(key)) throw refuse(path, "holds a key that is not allowed");
  if (CONTROL_CHARACTER.test(key) || !key.isWellFormed()) throw refuse(path, "holds a malformed key");
  if (containsCardNumber(key)) throw cardRefused();
}

const cardRefused = (): AppError =>
  new AppError(400, "card.number_refused", "Card numbers are never accepted here", {
    detail: "Enter card details only in the payment form.",
  });
