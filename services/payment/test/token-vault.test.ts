import type { RingKeys } from "@tradepost/key-ring/key-ring";
import { describe, expect, it } from "vitest";
import { createTokenVault } from "../src/storage/token-vault.ts";
import { ringOf } from "./payment-stage.ts";

const k1 = { id: "k1", key: Buffer.alloc(32, 1) };
const k2 = { id: "k2", key: Buffer.alloc(32, 2) };
const vaultOf = (...keys: RingKeys) => createTokenVault(ringOf(...keys));

describe("S10: the token vault", () => {
  it("opens what it sealed, never seals twice alike, and hides the token", async () => {
    const vault = vaultOf(k1);
    const [a, b] = [vault.seal("pi_secret", "order-1"), vault.seal("pi_secret", "order-1")];
    expect(await vault.open(a, "order-1")).toBe("pi_secret");
    expect(a.bytes.equals(b.bytes)).toBe(false);
    expect(a.bytes.includes("pi_secret")).toBe(false);
  });

  it("opens old tokens after a rotation, and seals with the new key", async () => {
    const old = vaultOf(k1).seal("pi_secret", "order-1");
    const rotated = vaultOf(k2, k1);
    expect(await rotated.open(old, "order-1")).toBe("pi_secret");
    expect(rotated.seal("x", "order-1").keyId).toBe("k2");
    await expect(vaultOf(k2).open(old, "order-1")).rejects.toThrow("no key k1");
  });

  it("reads its keys anew when a token names one it does not know: another replica may be ahead", async () => {
    let keys: RingKeys = [k1];
    let reads = 0;
    const refresh = async () => {
      reads++;
      keys = [k1, k2];
      return reads === 1;
    };
    const vault = createTokenVault({ current: () => keys, refresh });
    expect(await vault.open(vaultOf(k2).seal("pi_secret", "order-1"), "order-1")).toBe("pi_secret");
    expect(await vault.open(vaultOf(k1).seal("pi_secret", "order-1"), "order-1")).toBe("pi_secret");
    expect(reads).toBe(1);
  });

  it("refuses a changed byte, another row's token, and another key", async () => {
    const vault = vaultOf(k1);
    const sealed = vault.seal("pi_secret", "order-1");
    for (let i = 0; i < sealed.bytes.length; i++) {
      const bytes = Buffer.from(sealed.bytes);
      bytes.writeUInt8(bytes.readUInt8(i) ^ 1, i);
      await expect(vault.open({ ...sealed, bytes }, "order-1")).rejects.toThrow();
    }
    await expect(vault.open({ ...sealed, bytes: sealed.bytes.subarray(0, 20) }, "order-1")).rejects.toThrow();
    await expect(vault.open(sealed, "order-2")).rejects.toThrow();
    await expect(vaultOf({ ...k2, id: "k1" }).open(sealed, "order-1")).rejects.toThrow();
  });
});
