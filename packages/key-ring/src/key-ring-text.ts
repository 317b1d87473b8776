import { z } from "zod";

/** A key in plain sight, or as KMS wrapped it. */
export type KeyEntry = { id: string; key: Buffer } | { id: string; wrapped: Buffer };

export const KEY_BYTES = 32;
const KEY_ID = /^[\w.-]{1,40}$/;
/** KMS takes ciphertexts of up to 6144 bytes. */
const MAX_WRAPPED_BYTES = 6144;
const Base64 = z.base64().transform((text) => Buffer.from(text, "base64"));
const PlainKey = Base64.refine(({ length }) => length === KEY_BYTES);
const WrappedKey = Base64.refine(({ length }) => length > 0 && length <= MAX_WRAPPED_BYTES);

/**
 * AES-256 keys by id, the one that encrypts first, separated by commas or line breaks: `id:base64`, or `id:kms:base64` for
 * a key that AWS KMS has wrapped. Messages never quote what was there.
 */
export const KeyRingText = z.string().transform((text, context): readonly KeyEntry[] => {
  const entries = text.split(/[\s,]+/).flatMap((entry) => (entry === "" ? [] : [readEntry(entry)]));
  const known = entries.filter((entry) => entry !== undefined);
  if (known.length === 0 || known.length < entries.length)
    context.addIssue({
      code: "custom",
      message: "must be id:key pairs with keys of 32 bytes in base64, or id:kms:key with what KMS wrapped",
    });
  if (new Set(known.map(({ id }) => id)).size < known.length)
    context.addIssue({ code: "custom", message: "must not name two keys alike" });
  return known;
});

function readEntry(entry: string): KeyEntry | undefined {
  const [id = "", ...rest] = entry.split(":");
  if (!KEY_ID.test(id)) return undefined;
  const isWrapped = rest.length === 2 && rest[0] === "kms";
  const { data: bytes } = (isWrapped ? WrappedKey : PlainKey).safeParse(isWrapped ? rest[1] : rest.join(":"));
  if (!bytes) return undefined;
  return isWrapped ? { id, wrapped: bytes } : { id, key: bytes };
}
