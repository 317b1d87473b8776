import type { Postgres } from "@tradepost/postgres/pool";
import { createIdentify } from "@tradepost/service-runtime/identify";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import type { ServiceBase } from "@tradepost/service-runtime/service-base";
import type { Redis } from "ioredis";
import type { Config } from "./config.ts";
import { userRoutes } from "./http/user-routes.ts";
import { createSessionStore } from "./storage/session-store.ts";
import { changePassword } from "./use-cases/change-password.ts";
import { checkSession } from "./use-cases/check-session.ts";
import { getJwks } from "./use-cases/get-jwks.ts";
import { addAddress, listAddresses, removeAddress, replaceAddress } from "./use-cases/manage-addresses.ts";
import { getContact, getMe, getPreferences, updateMe, updatePreferences } from "./use-cases/manage-profile.ts";
import { endAllSessions, endSession, listSessions } from "./use-cases/manage-sessions.ts";
import { registerUser } from "./use-cases/register-user.ts";
import { signIn } from "./use-cases/sign-in.ts";

export type UseCases = ReturnType<typeof composeUseCases>;
type UseCaseConfig = Pick<Config, "SIGNING_KEYS" | "TOKEN_ISSUER" | "TOKEN_AUDIENCE" | "SESSION_TTL_SECONDS">;

/** All the wiring of the user service: which function is given what. */
export function composeUseCases(
  config: UseCaseConfig,
  { postgres, redis }: { postgres: Pick<Postgres, "query" | "transact">; redis: Redis },
) {
  const deps = {
    sql: { query: postgres.query },
    transact: postgres.transact,
    sessions: createSessionStore(redis),
    signingKeys: config.SIGNING_KEYS,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    sessionTtlMs: config.SESSION_TTL_SECONDS * 1000,
    now: () => new Date(),
  };
  return {
    registerUser: registerUser(deps),
    signIn: signIn(deps),
    listSessions: listSessions(deps),
    endSession: endSession(deps),
    endAllSessions: endAllSessions(deps),
    checkSession: checkSession(deps),
    changePassword: changePassword(deps),
    getMe: getMe(deps),
    updateMe: updateMe(deps),
    listAddresses: listAddresses(deps),
    addAddress: addAddress(deps),
    replaceAddress: replaceAddress(deps),
    removeAddress: removeAddress(deps),
    getPreferences: getPreferences(deps),
    updatePreferences: updatePreferences(deps),
    getContact: getContact(deps),
    getJwks: getJwks(deps),
  };
}

type AppConfig = Pick<
  Config,
  "STOREFRONT_URL" | "USER_SERVICE_URL" | "TOKEN_ISSUER" | "TOKEN_AUDIENCE" | "ALLOWED_ORIGINS"
>;

/** The service's HTTP side, not listening yet. It holds keys and sessions itself, so it asks nobody about them. */
export function composeApp(
  base: Omit<Parameters<typeof createServiceApp>[0], "identify"> & Pick<ServiceBase, "telemetry">,
  config: AppConfig,
  useCases: UseCases,
) {
  const identify = createIdentify({
    jwks: { userUrl: config.USER_SERVICE_URL, fetch: async () => Response.json(useCases.getJwks()) },
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    allowedOrigins: config.ALLOWED_ORIGINS,
    checkSession: useCases.checkSession,
  });
  const app = createServiceApp({ ...base, identify });
  base.telemetry.traceRequests(app);
  userRoutes(app, useCases, { secureCookies: config.STOREFRONT_URL.startsWith("https:") });
  return app;
}
