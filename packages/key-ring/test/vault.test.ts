import { describe, expect, it } from "vitest";
import type { KeyRing, RingKeys } from "../src/key-ring.ts";
import { createVault } from "../src/vault.ts";

const k1 = { id: "k1", key: Buffer.alloc(32, 1) };
const k2 = { id: "k2", key: Buffer.alloc(32, 2) };
const ringOf = (...keys: RingKeys): KeyRing => ({ current: () => keys, refresh: async () => false });
const vaultOf = (...keys: RingKeys) => createVault(ringOf(...keys));
const secret = Buffer.from("pi_secret");

describe("S10: the vault", () => {
  it("opens what it sealed, never seals twice alike, and hides the secret", async () => {
    const vault = vaultOf(k1);
    const [a, b] = [vault.seal(secret, "order-1"), vault.seal(secret, "order-1")];
    expect(await vault.open(a, "order-1")).toEqual(secret);
    expect(a.bytes.equals(b.bytes)).toBe(false);
    expect(a.bytes.includes(secret)).toBe(false);
  });

  it.each([
    ["order-1", "9ed507db1df16e88f883ca2b6cf052579f865be866f49fbd67f711a824d4eecbc71debecdf", "pi_secret"],
    [
      "user-1",
      "59e67912d01d970211dd7b03b2f795aa502cf465cc23323eecfc6b46ee9b65defa9930718cf1dd42b10e1ad0f77d6e37",
      "12345678901234567890",
    ],
  ])("opens what was stored of %s in November 2026", async (boundTo, hex, opened) => {
    const sealed = { keyId: "k1", bytes: Buffer.from(hex, "hex") };
    expect((await vaultOf(k1).open(sealed, boundTo)).toString()).toBe(opened);
  });

  it("opens old secrets after a rotation, and seals with the new key", async () => {
    const old = vaultOf(k1).seal(secret, "order-1");
    const rotated = vaultOf(k2, k1);
    expect(await rotated.open(old, "order-1")).toEqual(secret);
    expect([rotated.currentKeyId(), rotated.seal(secret, "order-1").keyId]).toEqual(["k2", "k2"]);
    await expect(vaultOf(k2).open(old, "order-1")).rejects.toThrow("no key k1");
  });

  it("reads its keys anew when a secret names one it does not know: another replica may be ahead", async () => {
    let keys: RingKeys = [k1];
    let reads = 0;
    const refresh = async () => {
      reads++;
      keys = [k1, k2];
      return reads === 1;
    };
    const vault = createVault({ current: () => keys, refresh });
    expect(await vault.open(vaultOf(k2).seal(secret, "order-1"), "order-1")).toEqual(secret);
    expect(await vault.open(vaultOf(k1).seal(secret, "order-1"), "order-1")).toEqual(secret);
    expect(reads).toBe(1);
  });

  it("refuses a changed byte, another row's secret, and another key", async () => {
    const vault = vaultOf(k1);
    const sealed = vault.seal(secret, "order-1");
    for (let i = 0; i < sealed.bytes.length; i++) {
      const bytes = Buffer.from(sealed.bytes);
      bytes.writeUInt8(bytes.readUInt8(i) ^ 1, i);
      await expect(vault.open({ ...sealed, bytes }, "order-1")).rejects.toThrow();
    }
    await expect(vault.open({ ...sealed, bytes: sealed.bytes.subarray(0, 20) }, "order-1")).rejects.toThrow();
    await expect(vault.open(sealed, "order-2")).rejects.toThrow();
    await expect(vaultOf({ ...k2, id: "k1" }).open(sealed, "order-1")).rejects.toThrow();
  });

  it("seals nothing without a key", () => {
    expect(() => vaultOf().seal(secret, "order-1")).toThrow("needs a key");
  });
});
