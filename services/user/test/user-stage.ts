import { generateKeyPairSync, randomBytes, randomUUIDv7 } from "node:crypto";
import { fileURLToPath } from "node:url";
import * as contract from "@tradepost/contracts/user";
import type { RingKeys } from "@tradepost/key-ring/key-ring";
import type { Mail, MailProvider } from "@tradepost/mail/mail-provider";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres, type Postgres } from "@tradepost/postgres/pool";
import { createLogger } from "@tradepost/service-runtime/logger";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { startTelemetry } from "@tradepost/service-runtime/telemetry";
import { testDatabase, testRedis } from "@tradepost/testing/stores";
import { Redis } from "ioredis";
import jwt from "jsonwebtoken";
import type { OpenidProvider } from "../src/clients/openid-providers.ts";
import { composeApp, composeUseCases, type Parts } from "../src/compose.ts";
import { SigningKey } from "../src/config.ts";

const INTERNAL_KEY = "k".repeat(32);
export const newKey = (kid: string) =>
  SigningKey.parse({ ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }), kid });
export const config = {
  ...{ TOKEN_ISSUER: "https://shop.example", TOKEN_AUDIENCE: "tradepost" },
  ...{ SESSION_TTL_SECONDS: 86_400, STOREFRONT_URL: "https://shop.example", USER_SERVICE_URL: "http://user.invalid" },
  ALLOWED_ORIGINS: ["https://shop.example"],
  MAIL_FROM_NAME: "Tradepost",
  OIDC_PROVIDERS: [] as readonly OpenidProvider[],
};
export const HERE = { userAgent: "", deviceKey: undefined, network: "192.0.2.0/24", clientAddress: "192.0.2.255" };

export interface CallOptions {
  token?: string | undefined;
  payload?: object | undefined;
  headers?: Record<string, string> | undefined;
  /** Where the request comes from; unless said another address of the same network each time. */
  from?: string | undefined;
}
export type Stage = Awaited<ReturnType<typeof userStage>>;

/** A provider that keeps what it is given; `failNext` makes it answer otherwise once. */
function recordingProvider() {
  const sent: { to: string; mail: Mail; reference: string }[] = [];
  const failures: ((record: () => void) => void)[] = [];
  const provider: MailProvider = {
    send: async (to, mail, reference) => {
      const record = () => sent.push({ to, mail, reference });
      const fail = failures.shift();
      if (fail) fail(record);
      else record();
    },
    wasAccepted: async (reference) => sent.some((each) => each.reference === reference),
  };
  return { provider, sent, failNext: (fail: (record: () => void) => void) => void failures.push(fail) };
}

/** The user service on stores of its own, with a clock that tests may set forward and a mail provider that records. */
export async function userStage(
  redisUrlOf: (url: string) => string | Promise<string> = (url) => url,
  changed: Partial<typeof config> = {},
) {
  const settings = { ...config, ...changed };
  const path = fileURLToPath(new URL("../migrations", import.meta.url));
  const stores = await Promise.all([
    testDatabase((url) => migrate({ url, directories: [messagingMigrations, { name: "user", path }] })),
    testRedis(),
  ]);
  const postgres: Postgres = createPostgres({ url: stores[0].url, applicationName: "user-test" });
  const redis = new Redis(await redisUrlOf(stores[1].url), { commandTimeout: 2_000, maxRetriesPerRequest: 2 });
  redis.on("error", () => {});
  const mails = recordingProvider();
  const mailFailures: unknown[] = [];
  let keys: readonly SigningKey[] = [newKey("k2"), newKey("k1")];
  let offsetMs = 0;
  let factorKeys: RingKeys = [{ id: "f1", key: randomBytes(32) }];
  const parts: Parts = {
    ...{ postgres, redis, mailProvider: mails.provider, signingKeys: () => keys },
    factorKeys: { current: () => factorKeys, refresh: async () => false },
    personalData: { ordersOf: async () => [], cartOf: async () => [] },
    onMailFailure: ({ error }) => mailFailures.push(error),
    now: () => new Date(Date.now() + offsetMs),
  };
  const useCases = composeUseCases(settings, parts);
  const app = composeApp(
    {
      name: "user",
      logger: createLogger({ service: "user", level: "silent" }),
      telemetry: await startTelemetry({ service: "user", env: {} }),
      serviceTokens: createServiceTokens({ name: "user", key: INTERNAL_KEY }),
    },
    settings,
    useCases,
  );

  let calls = 0;
  const call = (method: string, url: string, { token, payload, headers, from }: CallOptions = {}) =>
    app.inject({
      ...{ method: method as "GET", url, ...(payload ? { payload } : {}) },
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      remoteAddress: from ?? `192.0.2.${1 + (calls++ % 250)}`,
    });
  const register = async (account = newAccount(), options: CallOptions = {}) => {
    const reply = await call("POST", "/v1/users", { payload: account, ...options });
    if (reply.statusCode !== 201) throw new Error(`registering answered ${reply.statusCode} ${reply.body}`);
    return { ...account, ...contract.SignedIn.parse(reply.json()), reply };
  };
  const signIn = (email: string, password: string, options: CallOptions = {}) =>
    call("POST", "/v1/sessions", { payload: { email, password }, ...options });
  const mailsTo = async (to: string) => {
    await useCases.sendDueMails();
    return mails.sent.filter((each) => each.to === to.toLowerCase()).map(({ mail }) => mail);
  };
  const linkToken = async (to: string, subject: RegExp): Promise<string> => {
    const mail = (await mailsTo(to)).findLast((each) => subject.test(each.subject));
    const token = /#token=([\w-]{43})/.exec(mail?.text ?? "")?.[1];
    if (!token) throw new Error(`no link in a mail to ${to} about ${subject}`);
    return token;
  };
  /** As the browser that `session` tells of, which is signed in. */
  const verify = async (email: string, session: CallOptions): Promise<void> => {
    const token = await linkToken(email, /Confirm your e-mail/);
    const reply = await call("POST", "/v1/users/verification", { ...session, payload: { token } });
    if (reply.statusCode !== 204) throw new Error(`verifying answered ${reply.statusCode} ${reply.body}`);
  };
  return {
    databaseUrl: stores[0].url,
    redisUrl: stores[1].url,
    ...{
      app,
      postgres,
      redis,
      useCases,
      parts,
      mails,
      mailFailures,
      call,
      register,
      signIn,
      mailsTo,
      linkToken,
      verify,
    },
    setKeys: (next: readonly SigningKey[]) => {
      keys = next;
    },
    keys: () => keys,
    /** A new key encrypts the secrets of authenticator apps from now on; the ones before decrypt still. */
    addFactorKey: (id: string) => {
      factorKeys = [{ id, key: randomBytes(32) }, ...factorKeys];
    },
    dropFactorKey: (id: string) => {
      factorKeys = factorKeys.filter((each) => each.id !== id);
    },
    advance: (ms: number) => {
      offsetMs += ms;
    },
    registerVerified: async (account = newAccount(), options: CallOptions = {}) => {
      const registered = await register(account, options);
      await verify(account.email, { ...options, token: registered.token });
      return registered;
    },
    check: (body: object) =>
      call("POST", contract.checkSession.path, {
        payload: body,
        headers: { "x-service-token": createServiceTokens({ name: "order", key: INTERNAL_KEY }).header() },
      }),
    serviceHeader: (name: "order" | "cart") => ({
      "x-service-token": createServiceTokens({ name, key: INTERNAL_KEY }).header(),
    }),
    stop: async () => {
      await app.close();
      redis.disconnect();
      await postgres.end();
      await Promise.all(stores.map((store) => store.drop()));
    },
  };
}

export const newAccount = () => ({
  email: `ada.${randomUUIDv7()}@Example.com`,
  password: "correct horse",
  name: "Ada",
});
export const sessionIdOf = (token: string) => String((jwt.decode(token) as { sid: string }).sid);
/** How a request went: its status, and the problem's code where it has one. */
export const statusAndCode = ({ statusCode, body }: { statusCode: number; body: string }) => [
  statusCode,
  body === "" ? undefined : (JSON.parse(body) as { code?: string }).code,
];
/** A problem without what differs from request to request. */
export const problemOf = (reply: { json: () => Record<string, unknown> }) => {
  const { requestId: _, ...problem } = reply.json();
  return problem;
};
