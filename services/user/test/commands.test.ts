import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@tradepost/testing/run-program";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { SigningKey } from "../src/domain/signing-keys.ts";
import { newAccount, newKey, type Stage, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const run = (program: string, args: string[], env: Record<string, string> = {}) =>
  runProgram(new URL(`../src/${program}.ts`, import.meta.url), args, env);
function fileWith(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "user-command-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "secret.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}
const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));

describe("rotate-keys", () => {
  it("S3: goes through its steps on the secret's file, and refuses those that are not due", async () => {
    const file = fileWith([newKey("old")]);
    const step = (name: string, ...more: string[]) => run("rotate-keys", [name, "--file", file, ...more]);
    expect(await step("activate")).toMatchObject({ code: 1, stderr: "No key is prepared: prepare first\n" });
    const prepared = await step("prepare");
    expect(prepared.stdout).toMatch(/^old: active since .*\n\S+: next since /);
    expect(prepared.stdout).toMatch(/JWT_KEY_ID_2=\S+\nJWT_PUBLIC_KEY_2='-----BEGIN PUBLIC KEY-----/);
    const keys = read(file) as SigningKey[];
    for (const { d } of keys) expect(prepared.stdout).not.toContain(d);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await step("activate")).code).toBe(0);
    expect(read(file).map(({ kid, state }: SigningKey) => [kid, state])).toEqual([
      [keys[1]!.kid, "active"],
      ["old", "retiring"],
    ]);
    expect(await step("retire")).toMatchObject({ code: 1, stderr: expect.stringContaining("retire then") });
    expect((await step("retire", "--force")).code).toBe(0);
    expect(read(file).map(({ kid }: SigningKey) => kid)).toEqual([keys[1]!.kid]);
  });

  it("S3: changes a local shop's secrets, with the gateway's public keys, and leaves its others alone", async () => {
    const file = fileWith({ orderTokenKey: "kept", signingKeys: JSON.stringify([newKey("old")]), jwtPublicKeys: {} });
    expect((await run("rotate-keys", ["prepare", "--file", file])).code).toBe(0);
    const secrets = read(file);
    const kids = JSON.parse(secrets.signingKeys).map(({ kid }: SigningKey) => kid);
    expect(secrets).toMatchObject({ orderTokenKey: "kept" });
    expect(Object.keys(secrets.jwtPublicKeys)).toEqual(kids);
    expect(JSON.stringify(secrets.jwtPublicKeys)).not.toContain("PRIVATE");
  });

  it("explains itself", async () => {
    expect(await run("rotate-keys", ["--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("prepare") });
    expect((await run("rotate-keys", [])).code).toBe(2);
  });
});

describe("create-account", () => {
  it("creates a proved account once, and keeps the one there is", async () => {
    const account = newAccount();
    const env = { DATABASE_URL: stage.databaseUrl };
    const file = fileWith(account);
    expect(await run("create-account", ["--file", file], env)).toMatchObject({ code: 0, stdout: "created\n" });
    const again = fileWith({ ...account, password: "another horse" });
    expect(await run("create-account", ["--file", again], env)).toMatchObject({
      ...{ code: 0, stdout: "the address has an account already\n" },
    });
    expect((await stage.signIn(account.email, account.password)).json()).toMatchObject({
      user: { emailVerified: true },
    });
  });
});

describe("grant-role", () => {
  it("S15: makes a first admin, takes the role away but from the last one, and tells the audit log", async () => {
    const env = { DATABASE_URL: stage.databaseUrl };
    const [ada, grace] = [await stage.registerVerified(), await stage.registerVerified()];
    const grant = (email: string, ...more: string[]) =>
      run("grant-role", ["--email", email, "--role", "admin", ...more], env);
    expect(await grant(ada.email)).toMatchObject({ code: 0, stdout: "roles: admin\n" });
    expect(await grant(ada.email, "--revoke")).toMatchObject({ code: 1, stderr: "The last admin stays one\n" });
    expect((await grant(grace.email)).code).toBe(0);
    expect(await grant(ada.email, "--revoke")).toMatchObject({ code: 0, stdout: "roles: none\n" });
    const { rows } = await stage.postgres.query<{ envelope: { payload: object } }>(
      "SELECT envelope FROM outbox WHERE aggregate_id = $1 ORDER BY seq",
      [`audit:user:${ada.user.id}`],
    );
    const origin = { route: "command grant-role", actorId: null };
    expect(rows.map(({ envelope }) => envelope.payload)).toMatchObject([
      { ...origin, before: { roles: [] }, after: { roles: ["admin"] } },
      { ...origin, before: { roles: ["admin"] }, after: { roles: [] } },
    ]);
  });

  it("S15: gives nothing to an address that nobody has proved, explains itself, knows its roles", async () => {
    const env = { DATABASE_URL: stage.databaseUrl };
    const { email } = await stage.register();
    expect(await run("grant-role", ["--email", email, "--role", "support"], env)).toMatchObject({
      ...{ code: 1, stdout: "no account has proved this address\n" },
    });
    expect((await run("grant-role", ["--help"])).stdout).toContain("warehouse");
    expect((await run("grant-role", ["--email", email, "--role", "root"], env)).code).toBe(2);
  });
});
