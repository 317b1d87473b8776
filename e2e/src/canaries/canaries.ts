import { randomBytes, randomInt } from "node:crypto";
import type { Words } from "../contract-samples.ts";

/** Texts that must never be found where operators look, each unmistakable. */
export interface Canaries extends Words {
  /** Stands in every word but the numbers. */
  mark: string;
  name: string;
  token: string;
  card: string;
  /** What the shop itself hands out in secret: tokens, cookies, client secrets. */
  issued: Set<string>;
}

export function newCanaries(): Canaries {
  const mark = `qz${randomBytes(5).toString("hex")}`;
  return {
    mark,
    text: `Zora ${mark}`,
    name: `Zora ${mark}`,
    email: `zora.${mark}@leak.example`,
    password: `horse battery ${mark}`,
    phone: `+4930${randomInt(1e9, 9e9)}`,
    token: `tok_${mark}_${randomBytes(16).toString("base64url")}`,
    card: withCheckDigit(`411${randomInt(1e11, 9e11)}`),
    issued: new Set(),
  };
}

/** The number with the digit that ISO/IEC 7812-1 puts at its end. */
function withCheckDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

/** Every form in which a canary could be found: as it is, percent-encoded, in base64 at each of its three offsets. */
function formsOf(secret: string): string[] {
  const shifted = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString("base64");
    // The first and last characters also depend on what stands before and after.
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  return [secret, encodeURIComponent(secret), ...shifted, Buffer.from(secret).toString("hex")].filter(
    (form) => form.length >= 8,
  );
}

/** The canaries found in a text, each with what stands around it. */
export function findCanaries(text: string, { mark, phone, card, issued }: Canaries): string[] {
  const haystack = text.toLowerCase();
  const secrets = [mark, phone.slice(1), card, ...issued];
  return secrets.flatMap((secret) =>
    formsOf(secret).flatMap((form) => {
      const at = haystack.indexOf(form.toLowerCase());
      return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + form.length + 40)];
    }),
  );
}
