import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from "vitest";
import { type KeyRingOptions, openKeyRing } from "../src/open-key-ring.ts";
import { mountedRing, startKms } from "./kms-stage.ts";

const [k1, k2, k3] = ["k1", "k2", "k3"].map((id) => ({ id, key: randomBytes(32) })) as [Key, Key, Key];
type Key = { id: string; key: Buffer };
const plain = ({ id, key }: Key) => `${id}:${key.toString("base64")}`;

let kms: Awaited<ReturnType<typeof startKms>>;
beforeAll(async () => {
  kms = await startKms();
});
afterEach(() => kms.faults.clear());
afterAll(() => kms.stop());

const wrap = ({ id, key }: Key) => kms.wrap(id, key);
const refuse = () => kms.faults.add({ target: "kms", kind: "status", status: 400, match: { path: "^/Decrypt$" } });

async function open(options: Omit<KeyRingOptions, "service">) {
  const ring = await openKeyRing("TOKEN_KEYS", { service: "payment", ...options });
  onTestFinished(ring.stop);
  return ring;
}
const openText = (...entries: string[]) => open({ env: { TOKEN_KEYS: entries.join(",") } });

/** A ring that is read when it is told to, and what it was refused. */
async function openFile(...entries: string[]) {
  const file = mountedRing(...entries);
  const refusals: Error[] = [];
  const onRefused = (error: Error) => void refusals.push(error);
  return { ...file, refusals, ring: await open({ env: file.env, pollMs: 3_600_000, onRefused }) };
}

it("unwraps what KMS has wrapped, in the order of the entries", async () => {
  const ring = await openText(await wrap(k2), plain(k1), await wrap(k3));
  expect(ring.current()).toEqual([k2, k1, k3]);
});

it("needs no KMS for keys in plain sight", async () => {
  const fault = refuse();
  expect((await openText(plain(k1))).current()).toEqual([k1]);
  expect(fault.hits).toBe(0);
});

it("unwraps no key that was wrapped for another service or id, or that has another length", async () => {
  const refused = (entry: string) => expect(openText(plain(k1), entry)).rejects;
  const invalid = "TOKEN_KEYS: KMS did not unwrap the key k2: InvalidCiphertextException";
  await refused(await kms.wrap("k2", k2.key, { service: "user", keyId: "k2" })).toThrow(invalid);
  await refused((await wrap(k3)).replace("k3:", "k2:")).toThrow(invalid);
  await refused(await kms.wrap("k2", randomBytes(16))).toThrow("the key k2 has not 32 bytes");
});

it.each([
  [{ kind: "status", status: 400 }, "AccessDeniedException", 1],
  [{ kind: "status", status: 500 }, "KMSInternalException", 3],
  [{ kind: "garbage" }, "SyntaxError", 1],
  [{ kind: "reset" }, "TimeoutError ECONNRESET", 3],
  [{ kind: "timeoutAfterEffect" }, "TimeoutError", 3],
] as const)("does not open while KMS fails with %j", async (fault, reason, attempts) => {
  const entry = await wrap(k2);
  const failing = kms.faults.add({ target: "kms", ...fault });
  const opening = openText(plain(k1), entry);
  await expect(opening).rejects.toThrow(`TOKEN_KEYS: KMS did not unwrap the key k2: ${reason}`);
  await expect(opening).rejects.not.toThrow(k2.key.toString("base64"));
  expect(failing.hits).toBe(attempts);
});

it("opens when KMS is slow or fails once", async () => {
  const entry = await wrap(k2);
  kms.faults.add({ target: "kms", kind: "timeoutAfterEffect", times: 1 });
  expect((await openText(entry)).current()).toEqual([k2]);
  kms.faults.add({ target: "kms", kind: "status", status: 429, times: 1 });
  expect((await openText(entry)).current()).toEqual([k2]);
});

it("follows its file, and asks KMS only for keys that are new", async () => {
  const [w1, w2] = [await wrap(k1), await wrap(k2)];
  const { ring, mount } = await openFile(w1);
  mount(w1, w2);
  expect([await ring.refresh(), ring.current()]).toEqual([true, [k1, k2]]);
  const fault = refuse();
  mount(w2, w1);
  expect([await ring.refresh(), ring.current()]).toEqual([true, [k2, k1]]);
  mount(w2);
  expect([await ring.refresh(), ring.current()]).toEqual([true, [k2]]);
  expect([await ring.refresh(), fault.hits]).toEqual([false, 0]);
});

it("gives all who wait for a new key the answer of one call", async () => {
  const { ring, mount } = await openFile(plain(k1));
  const fault = kms.faults.add({ target: "kms", kind: "delay", ms: 100, match: { path: "^/Decrypt$" } });
  mount(await wrap(k2));
  expect(await Promise.all([ring.refresh(), ring.refresh(), ring.refresh()])).toEqual([true, true, true]);
  expect([ring.current(), fault.hits]).toEqual([[k2], 1]);
});

it("keeps the last good keys while KMS refuses new ones, and does not ask again for every request", async () => {
  const w1 = await wrap(k1);
  const w2 = await wrap(k2);
  const { ring, mount, refusals } = await openFile(w1);
  const refusal = refuse();
  mount(w2, w1);
  expect([await ring.refresh(), ring.current()]).toEqual([false, [k1]]);
  expect(refusals).toMatchObject([
    {
      message: "TOKEN_KEYS: KMS did not unwrap the key k2: AccessDeniedException",
      cause: { name: "AccessDeniedException" },
    },
  ]);
  expect([await ring.refresh(), refusal.hits]).toEqual([false, 1]);
  mount("k2:short");
  expect([await ring.refresh(), ring.current(), refusals.length]).toEqual([false, [k1], 2]);
});

it("takes new keys by itself when KMS is back, though the file stays as it is", async () => {
  const { mount, env } = mountedRing(await wrap(k1));
  const refusals: string[] = [];
  let changes = 0;
  const ring = await open({
    ...{ env, pollMs: 20, onChange: () => changes++ },
    onRefused: ({ message }) => void refusals.push(message),
  });
  const entries = [await wrap(k2), plain(k1)];
  refuse();
  mount(...entries);
  await expect.poll(() => refusals.length).toBeGreaterThan(2);
  expect(ring.current()).toEqual([k1]);
  kms.faults.clear();
  await expect.poll(ring.current).toEqual([k2, k1]);
  expect(changes).toBe(1);
});

it("notices that the file changes while KMS answers at the start", async () => {
  const { mount, env } = mountedRing(await wrap(k1));
  const entries = [await wrap(k2), await wrap(k1)];
  const held = kms.faults.add({ target: "kms", kind: "delay", ms: 1_000, times: 1 });
  const opening = open({ env, pollMs: 10 });
  await expect.poll(() => held.hits, { interval: 5 }).toBe(1);
  mount(...entries);
  const ring = await opening;
  await expect.poll(ring.current).toEqual([k2, k1]);
});
