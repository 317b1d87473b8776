import { describe, expect, it } from "vitest";
import { KeyRingText } from "../src/key-ring-text.ts";

const bytes = (fill: number, length = 32) => Buffer.alloc(length, fill);
const plain = (id: string, fill: number, length?: number) => `${id}:${bytes(fill, length).toString("base64")}`;
const [k1, k2] = [
  { id: "k1", key: bytes(1) },
  { id: "k2", key: bytes(2) },
];

describe("the text of a key ring", () => {
  it("is keys by id, the one that encrypts first, on one line or several", () => {
    expect(KeyRingText.parse(`${plain("k2", 2)},${plain("k1", 1)}`)).toEqual([k2, k1]);
    expect(KeyRingText.parse(`${plain("k2", 2)}\n ${plain("k1", 1)}\n`)).toEqual([k2, k1]);
  });

  it("may hold keys that KMS has wrapped beside plain ones", () => {
    const wrapped = { id: "k3", wrapped: bytes(3, 184) };
    expect(KeyRingText.parse(`k3:kms:${bytes(3, 184).toString("base64")},${plain("k1", 1)}`)).toEqual([wrapped, k1]);
  });

  it.each([
    ["nothing", ""],
    ["a key without an id", `:${bytes(1).toString("base64")}`],
    ["an id of other letters", plain("k/1", 1)],
    ["a short key", plain("k1", 1, 16)],
    ["a long key", plain("k1", 1, 33)],
    ["something that is no base64", plain("k1", 1).replace("AQEB", "AQ!B")],
    ["two keys of one id", `${plain("k1", 1)},${plain("k1", 2)}`],
    ["a wrapped and a plain key of one id", `${plain("k1", 1)},k1:kms:AQEB`],
    ["an empty wrapped key", "k1:kms:"],
    ["a wrapped key that KMS would not take", `k1:kms:${bytes(1, 6145).toString("base64")}`],
    ["another way of wrapping", `k1:gcp:${bytes(1).toString("base64")}`],
    ["one part too many", `${plain("k1", 1)}:kms`],
  ])("is refused with %s, and not quoted", (_what, text) => {
    const { success, error } = KeyRingText.safeParse(text);
    expect(success).toBe(false);
    expect(error?.message).not.toContain("AQEB");
  });
});
