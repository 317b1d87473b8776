import { randomUUIDv7 } from "node:crypto";
import type { Sql } from "@tradepost/postgres/sql";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { composeUseCases } from "../src/compose.ts";
import { config, HERE, newAccount, problemOf, type Stage, userStage } from "./user-stage.ts";

/** Counts what takes the time. */
const { derivations } = vi.hoisted(() => ({ derivations: [] as object[] }));
vi.mock("node:crypto", async (importOriginal) => {
  const crypto = await importOriginal<typeof import("node:crypto")>();
  const argon2: typeof crypto.argon2 = (algorithm, parameters, callback) => {
    derivations.push({ algorithm, memory: parameters.memory, passes: parameters.passes });
    crypto.argon2(algorithm, parameters, callback);
  };
  return { ...crypto, argon2, default: { ...crypto, argon2 } };
});

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

/** The statements and password hashes that a piece of work takes, in order: the same work takes the same time. */
async function workOf(work: (useCases: ReturnType<typeof composeUseCases>) => Promise<unknown>) {
  const statements: string[] = [];
  const recording = (sql: Sql): Sql => ({
    query: (text, values) => {
      statements.push(text);
      return sql.query(text, values);
    },
  });
  const { postgres } = stage;
  derivations.length = 0;
  const useCases = composeUseCases(config, {
    ...stage.parts,
    postgres: {
      query: recording(postgres).query,
      transact: (run, options) => postgres.transact((tx) => run(recording(tx)), options),
    },
  });
  const outcome = await work(useCases).then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
  return { outcome, statements, derivations: [...derivations] };
}
const unknownAddress = () => `nobody.${randomUUIDv7()}@example.com`;

describe("S2: no enumeration of accounts", () => {
  it("S2: a sign-in with a wrong password is the same for known, unproved and unknown addresses", async () => {
    const [verified, pending] = [await stage.registerVerified(), await stage.register()];
    const emails = [verified.email, pending.email, unknownAddress()];
    const replies = await Promise.all(emails.map((email) => stage.signIn(email, "wrong password")));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    for (const reply of replies) expect(problemOf(reply)).toEqual(problemOf(replies[2]!));
    const works = [];
    for (const email of emails)
      works.push(await workOf((useCases) => useCases.signIn({ email, password: "wrong password" }, HERE)));
    expect(works[0]).toEqual(works[2]);
    expect(works[1]).toEqual(works[2]);
    expect(works[2]!.outcome).toBe("credentials.invalid");
    expect(works[2]!.derivations).toHaveLength(2);
  });

  it("S2: registering is the same for an address that has an account and one that has none", async () => {
    const owner = await stage.registerVerified();
    const attempt = (email: string) => stage.register({ email, password: "battery staple", name: "Eve" });
    const [known, unknown] = [await attempt(owner.email), await attempt(unknownAddress())];
    const shapeOf = ({ reply, user }: typeof known) => ({
      status: reply.statusCode,
      headers: Object.keys(reply.headers),
      body: Object.keys(reply.json()),
      user: { ...user, id: "", email: "", createdAt: "" },
    });
    expect(shapeOf(known)).toEqual(shapeOf(unknown));
    const work = (email: string) =>
      workOf((useCases) =>
        useCases.registerUser({ email, password: "battery staple", name: "Eve", currency: "EUR" }, "en", HERE),
      );
    expect(await work(owner.email)).toEqual(await work(unknownAddress()));
  });

  it("S2: what such an account can do tells nothing either, and is nothing to the owner's", async () => {
    const owner = await stage.registerVerified();
    const eve = await stage.register({ email: owner.email, password: "battery staple", name: "Eve" });
    expect(eve.user.id).not.toBe(owner.user.id);
    const me = await stage.call("GET", "/v1/users/me", { token: eve.token });
    expect(me.json()).toMatchObject({ name: "Eve", emailVerified: false });
    // It signs in like any other that is unproved, and the owner does as before.
    expect((await stage.signIn(owner.email, "battery staple")).json().user.id).toBe(eve.user.id);
    expect((await stage.signIn(owner.email, owner.password)).json().user.id).toBe(owner.user.id);
    // Asking for the link again is answered the same, and mails the owner no link.
    const again = await stage.call("POST", "/v1/users/me/verification", { token: eve.token });
    expect(again.statusCode).toBe(204);
    const mails = await stage.mailsTo(owner.email);
    expect(mails.map(({ subject }) => subject)).toEqual([
      "Confirm your e-mail address",
      "You already have an account",
      "You already have an account",
    ]);
    expect(JSON.stringify(mails.slice(1))).not.toMatch(/token=|Eve/);
  });

  it("S2: asking for a reset is the same for any address, and mails only who has an account", async () => {
    const { email } = await stage.registerVerified();
    const nobody = unknownAddress();
    const ask = (address: string) => stage.call("POST", "/v1/password-resets", { payload: { email: address } });
    const [known, unknown] = [await ask(email), await ask(nobody)];
    expect([known.statusCode, known.json()]).toEqual([202, { linkExpiresInSeconds: 3600 }]);
    expect([unknown.statusCode, unknown.json()]).toEqual([known.statusCode, known.json()]);
    const work = (address: string) => workOf((useCases) => useCases.requestPasswordReset({ email: address }, HERE));
    expect(await work(email)).toEqual(await work(nobody));
    expect((await stage.mailsTo(email)).filter(({ subject }) => subject === "Set a new password")).toHaveLength(2);
    expect(await stage.mailsTo(nobody)).toEqual([]);
  });

  it("S2: changing to an address that is owned is answered like any other, and tells the owner", async () => {
    const [owner, eve] = [await stage.registerVerified(), await stage.registerVerified()];
    const change = (email: string) =>
      stage.call("PUT", "/v1/users/me/email", { token: eve.token, payload: { email, currentPassword: eve.password } });
    const [known, unknown] = [await change(owner.email), await change(unknownAddress())];
    expect([known.statusCode, known.json()]).toEqual([unknown.statusCode, unknown.json()]);
    expect((await stage.mailsTo(owner.email)).at(-1)).toMatchObject({ subject: "You already have an account" });
  });

  it("S2: an address goes to whoever proves it first, and only once", async () => {
    const { email } = newAccount();
    const [first, second] = [
      await stage.register({ email, password: "correct horse", name: "First" }),
      await stage.register({ email, password: "battery staple", name: "Second" }),
    ];
    const tokens = (await stage.mailsTo(email)).map(({ text }) => /#token=([\w-]{43})/.exec(text)?.[1]);
    expect(tokens).toHaveLength(2);
    const prove = (link: string | undefined, { token }: typeof first) =>
      stage.call("POST", "/v1/users/verification", { token, payload: { token: link } });
    expect((await prove(tokens[1], second)).statusCode).toBe(204);
    expect((await prove(tokens[0], first)).json()).toMatchObject({ status: 409, code: "email.taken" });
    const isVerified = async (token: string) =>
      (await stage.call("GET", "/v1/users/me", { token })).json().emailVerified;
    expect([await isVerified(first.token), await isVerified(second.token)]).toEqual([false, true]);
  });
});
