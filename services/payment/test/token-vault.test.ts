import { describe, expect, it } from "vitest";
import { createTokenVault } from "../src/storage/token-vault.ts";

const k1 = { id: "k1", key: Buffer.alloc(32, 1) };
const k2 = { id: "k2", key: Buffer.alloc(32, 2) };

describe("the token vault", () => {
  it("opens what it sealed, never seals twice alike, and hides the token", () => {
    const vault = createTokenVault([k1]);
    const [a, b] = [vault.seal("pi_secret", "order-1"), vault.seal("pi_secret", "order-1")];
    expect(vault.open(a, "order-1")).toBe("pi_secret");
    expect(a.bytes.equals(b.bytes)).toBe(false);
    expect(a.bytes.includes("pi_secret")).toBe(false);
  });

  it("opens old tokens after a rotation, and seals with the new key", () => {
    const old = createTokenVault([k1]).seal("pi_secret", "order-1");
    const rotated = createTokenVault([k2, k1]);
    expect(rotated.open(old, "order-1")).toBe("pi_secret");
    expect(rotated.seal("x", "order-1").keyId).toBe("k2");
    expect(() => createTokenVault([k2]).open(old, "order-1")).toThrow("no key k1");
  });

  it("refuses a changed byte, another row's token, and another key", () => {
    const vault = createTokenVault([k1]);
    const sealed = vault.seal("pi_secret", "order-1");
    for (let i = 0; i < sealed.bytes.length; i++) {
      const bytes = Buffer.from(sealed.bytes);
      bytes.writeUInt8(bytes.readUInt8(i) ^ 1, i);
      expect(() => vault.open({ ...sealed, bytes }, "order-1")).toThrow();
    }
    expect(() => vault.open(sealed, "order-2")).toThrow();
    expect(() => createTokenVault([{ ...k2, id: "k1" }]).open(sealed, "order-1")).toThrow();
  });
});
