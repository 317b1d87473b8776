import { describe, expect, it } from "vitest";
import { TokenKeys } from "../src/storage/token-keys.ts";
import { createTokenVault, type VaultKeys } from "../src/storage/token-vault.ts";

const k1 = { id: "k1", key: Buffer.alloc(32, 1) };
const k2 = { id: "k2", key: Buffer.alloc(32, 2) };
const vaultOf = (...keys: VaultKeys) => createTokenVault({ current: () => keys, refresh: () => false });

describe("the token vault", () => {
  it("opens what it sealed, never seals twice alike, and hides the token", () => {
    const vault = vaultOf(k1);
    const [a, b] = [vault.seal("pi_secret", "order-1"), vault.seal("pi_secret", "order-1")];
    expect(vault.open(a, "order-1")).toBe("pi_secret");
    expect(a.bytes.equals(b.bytes)).toBe(false);
    expect(a.bytes.includes("pi_secret")).toBe(false);
  });

  it("opens old tokens after a rotation, and seals with the new key", () => {
    const old = vaultOf(k1).seal("pi_secret", "order-1");
    const rotated = vaultOf(k2, k1);
    expect(rotated.open(old, "order-1")).toBe("pi_secret");
    expect(rotated.seal("x", "order-1").keyId).toBe("k2");
    expect(() => vaultOf(k2).open(old, "order-1")).toThrow("no key k1");
  });

  it("reads its keys anew when a token names one it does not know: another replica may be ahead", () => {
    let keys: VaultKeys = [k1];
    let reads = 0;
    const refresh = () => {
      reads++;
      keys = [k1, k2];
      return reads === 1;
    };
    const vault = createTokenVault({ current: () => keys, refresh });
    expect(vault.open(vaultOf(k2).seal("pi_secret", "order-1"), "order-1")).toBe("pi_secret");
    expect(vault.open(vaultOf(k1).seal("pi_secret", "order-1"), "order-1")).toBe("pi_secret");
    expect(reads).toBe(1);
  });

  it("refuses a changed byte, another row's token, and another key", () => {
    const vault = vaultOf(k1);
    const sealed = vault.seal("pi_secret", "order-1");
    for (let i = 0; i < sealed.bytes.length; i++) {
      const bytes = Buffer.from(sealed.bytes);
      bytes.writeUInt8(bytes.readUInt8(i) ^ 1, i);
      expect(() => vault.open({ ...sealed, bytes }, "order-1")).toThrow();
    }
    expect(() => vault.open({ ...sealed, bytes: sealed.bytes.subarray(0, 20) }, "order-1")).toThrow();
    expect(() => vault.open(sealed, "order-2")).toThrow();
    expect(() => vaultOf({ ...k2, id: "k1" }).open(sealed, "order-1")).toThrow();
  });
});

describe("TOKEN_KEYS", () => {
  const key = (fill: number, bytes = 32) => Buffer.alloc(bytes, fill).toString("base64");

  it("is id:key pairs, the one that encrypts first, on one line or several", () => {
    expect(TokenKeys.parse(`k2:${key(2)},k1:${key(1)}`)).toEqual([k2, k1]);
    expect(TokenKeys.parse(`k2:${key(2)}\n k1:${key(1)}\n`)).toEqual([k2, k1]);
  });

  it.each([
    ["nothing", ""],
    ["a key without an id", `:${key(1)}`],
    ["a short key", `k1:${key(1, 16)}`],
    ["a long key", `k1:${key(1, 33)}`],
    ["something that is no base64", `k1:${key(1).replace("A", "!")}`],
    ["two keys of one id", `k1:${key(1)},k1:${key(2)}`],
  ])("is refused with %s", (_what, text) => {
    const result = TokenKeys.safeParse(text);
    expect(result.success).toBe(false);
    expect(result.error?.message).not.toContain(key(1));
  });
});
