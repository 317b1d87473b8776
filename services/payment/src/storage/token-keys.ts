import { z } from "zod";
import type { VaultKeys } from "./token-vault.ts";

const KEY_ID = /^[\w.-]{1,40}$/;
const KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

/** `id:base64` pairs, separated by commas or line breaks, the key that encrypts first; each key has 32 bytes. */
export const TokenKeys = z.string().transform((text, context): VaultKeys => {
  const pairs = text
    .split(/[\s,]+/)
    .filter((pair) => pair !== "")
    .map((pair) => pair.split(":"));
  const keys = pairs.map(([id = "", key = ""]) => ({ id, key: Buffer.from(key, "base64") }));
  const isWellFormed = pairs.every(
    ([id = "", key = "", ...rest]) => KEY_ID.test(id) && BASE64.test(key) && rest.length === 0,
  );
  if (keys.length === 0 || !isWellFormed || keys.some(({ key }) => key.length !== KEY_BYTES))
    context.addIssue({ code: "custom", message: "must be id:key pairs with keys of 32 bytes in base64" });
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    context.addIssue({ code: "custom", message: "must not name two keys alike" });
  return keys;
});
