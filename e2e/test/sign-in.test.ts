import { randomUUID } from "node:crypto";
import { CallFailed } from "@tradepost/api-client/call-error";
import {
  endAllSessions,
  getMe,
  listSessions,
  registerUser,
  signIn,
  signOut,
  updateMe,
} from "@tradepost/contracts/user";
import { waitFor } from "@tradepost/testing/wait-for";
import { expect, inject, it } from "vitest";
import { pickVariant, putIntoCart, readCart } from "../src/purchase.ts";
import { newVisitor, type Visitor } from "../src/visitor.ts";

const { url } = inject("shop");
const newAccount = () => ({ email: `ada.${randomUUID()}@example.com`, password: "correct horse battery", name: "Ada" });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error) => (error instanceof CallFailed ? error.problem.code : Promise.reject(error)),
  );
const isSignedOut = (visitor: Visitor) =>
  waitFor(async () => (await codeOf(visitor.call(getMe, {}))) !== "ok", {
    ...{ timeoutMs: 30_000, intervalMs: 250 },
    what: "the session to end",
  });

it("goes from registering to signing out everywhere", async () => {
  // 1. Register, which signs in.
  const account = newAccount();
  const first = newVisitor(url);
  await first.call(registerUser, { body: account });
  expect(await first.call(getMe, {})).toMatchObject({ email: account.email, name: "Ada" });
  // 2. Sign in on a second device.
  const second = newVisitor(url);
  const { email, password } = account;
  expect(await codeOf(second.call(signIn, { body: { email, password: "not the password" } }))).toBe(
    "credentials.invalid",
  );
  await second.call(signIn, { body: { email, password } });
  // 3. See both.
  const { items } = await first.call(listSessions, {});
  expect(items).toHaveLength(2);
  expect(items.filter(({ current }) => current)).toHaveLength(1);
  // 4. Change something with the session's cookie.
  await second.call(updateMe, { body: { name: "Ada L." } });
  expect(await first.call(getMe, {})).toMatchObject({ name: "Ada L." });
  // 5. Sign out on one device: the other stays.
  await second.call(signOut, {});
  expect(second.cookies.has("session")).toBe(false);
  expect(await codeOf(second.call(getMe, {}))).toBe("token.missing");
  // 6. Sign out everywhere, by the token that was kept.
  await first.call(endAllSessions, {});
  await isSignedOut(first);
});

// That it takes no second is shown by a clock in the tests of service-runtime; here a busy machine may take longer.
it("ends a session at every service, even for a copied token", async () => {
  const visitor = newVisitor(url);
  const { token } = await visitor.call(registerUser, { body: newAccount() });
  const withToken = () => newVisitor(url).fetch("/v1/cart", { headers: { authorization: `Bearer ${token}` } });
  expect((await withToken()).status).toBe(200);
  await visitor.call(signOut, {});
  await waitFor(async () => (await withToken()).status === 401, {
    ...{ timeoutMs: 30_000, intervalMs: 250 },
    what: "the copied token to be refused",
  });
});

it("takes a guest's cart along", async () => {
  const visitor = newVisitor(url);
  const { variant } = await pickVariant(visitor, 5, 7);
  await putIntoCart(visitor, variant.sku, 2);
  await visitor.call(registerUser, { body: newAccount() });
  const { lines } = await readCart(visitor);
  expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([[variant.sku, 2]]);
  expect(visitor.cookies.has("cart")).toBe(false);
});
