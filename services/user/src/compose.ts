import type { KeyRing } from "@tradepost/key-ring/key-ring";
import { createVault } from "@tradepost/key-ring/vault";
import type { MailProvider } from "@tradepost/mail/mail-provider";
import type { Postgres } from "@tradepost/postgres/pool";
import { createIdentify } from "@tradepost/service-runtime/identify";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import type { ServiceBase } from "@tradepost/service-runtime/service-base";
import type { Redis } from "ioredis";
import { createOpenidProviders } from "./clients/openid-providers.ts";
import type { PersonalDataSources } from "./clients/personal-data.ts";
import type { Config } from "./config.ts";
import type { SigningKey } from "./domain/signing-keys.ts";
import { factorRoutes } from "./http/factor-routes.ts";
import { createSessionCookies } from "./http/session-cookies.ts";
import { staffRoutes } from "./http/staff-routes.ts";
import { userRoutes } from "./http/user-routes.ts";
import { createAttemptCounter } from "./storage/attempt-counter.ts";
import { createChallengeStore } from "./storage/challenge-store.ts";
import { createSessionStore } from "./storage/session-store.ts";
import { CHALLENGE_LIFE_MS } from "./use-cases/admit-user.ts";
import { startProviderSignIn } from "./use-cases/ask-provider.ts";
import { changePassword } from "./use-cases/change-password.ts";
import { checkSession } from "./use-cases/check-session.ts";
import { type CompleteSignInDeps, completeSignIn } from "./use-cases/complete-sign-in.ts";
import { deleteAccount } from "./use-cases/delete-account.ts";
import { eraseAbandoned } from "./use-cases/erase-abandoned.ts";
import { exportAccount } from "./use-cases/export-account.ts";
import { getJwks } from "./use-cases/get-jwks.ts";
import { listAudit } from "./use-cases/list-audit.ts";
import { listFactors } from "./use-cases/list-factors.ts";
import { addAddress, listAddresses, removeAddress, replaceAddress } from "./use-cases/manage-addresses.ts";
import { linkProvider, unlinkProvider } from "./use-cases/manage-identities.ts";
import {
  addPasskey,
  type ManagePasskeysDeps,
  removePasskey,
  renamePasskey,
  startPasskeyRegistration,
} from "./use-cases/manage-passkeys.ts";
import { getContact, getMe, getPreferences, updateMe, updatePreferences } from "./use-cases/manage-profile.ts";
import { getSecurity, updateSecurity } from "./use-cases/manage-security.ts";
import { endAllSessions, endSession, listSessions } from "./use-cases/manage-sessions.ts";
import { listUsers, setRoles } from "./use-cases/manage-staff.ts";
import { confirmTotp, removeTotp, renewRecoveryCodes, setUpTotp } from "./use-cases/manage-totp.ts";
import { pruneAccounts } from "./use-cases/prune-accounts.ts";
import { registerUser } from "./use-cases/register-user.ts";
import { requestPasswordReset, resetPassword } from "./use-cases/reset-password.ts";
import { type SendDueMailsDeps, sendDueMails } from "./use-cases/send-due-mails.ts";
import { signIn } from "./use-cases/sign-in.ts";
import { signInWithPasskey, startPasskeySignIn } from "./use-cases/sign-in-with-passkey.ts";
import { type ProviderSignInDeps, signInWithProvider } from "./use-cases/sign-in-with-provider.ts";
import { startStepUpPasskey, stepUp } from "./use-cases/step-up.ts";
import { changeEmail, resendVerification, verifyEmail } from "./use-cases/verify-email.ts";
import { createRelyingParty } from "./webauthn/relying-party.ts";

export type UseCases = ReturnType<typeof composeUseCases>;
type UseCaseConfig = Pick<
  Config,
  | "TOKEN_ISSUER"
  | "TOKEN_AUDIENCE"
  | "SESSION_TTL_SECONDS"
  | "STOREFRONT_URL"
  | "ALLOWED_ORIGINS"
  | "MAIL_FROM_NAME"
  | "OIDC_PROVIDERS"
>;

export interface Parts {
  postgres: Pick<Postgres, "query" | "transact">;
  redis: Redis;
  mailProvider: MailProvider;
  signingKeys: () => readonly SigningKey[];
  factorKeys: KeyRing;
  personalData: PersonalDataSources;
  onMailFailure: SendDueMailsDeps["onFailure"];
  now?: () => Date;
}

/** All the wiring of the user service: which function is given what. */
export function composeUseCases(
  config: UseCaseConfig,
  {
    postgres,
    redis,
    mailProvider,
    signingKeys,
    factorKeys,
    personalData,
    onMailFailure,
    now = () => new Date(),
  }: Parts,
) {
  const storefrontUrl = config.STOREFRONT_URL.replace(/\/$/, "");
  const deps = {
    sql: { query: postgres.query },
    transact: postgres.transact,
    sessions: createSessionStore(redis, now),
    attempts: createAttemptCounter(redis),
    mailProvider,
    personalData,
    onFailure: onMailFailure,
    storefrontUrl,
    shopName: config.MAIL_FROM_NAME,
    challenges: createChallengeStore(redis, now),
    vault: createVault(factorKeys),
    relyingParty: createRelyingParty({
      ...{ id: new URL(storefrontUrl).hostname, name: config.MAIL_FROM_NAME },
      ...{ origins: config.ALLOWED_ORIGINS, timeoutMs: CHALLENGE_LIFE_MS },
    }),
    providers: createOpenidProviders({
      ...{ providers: config.OIDC_PROVIDERS, timeoutMs: 5_000, now },
      redirectUriOf: (providerId) => `${storefrontUrl}/sign-in/${providerId}`,
    }),
    signingKeys,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    sessionTtlMs: config.SESSION_TTL_SECONDS * 1000,
    now,
  };
  return {
    registerUser: registerUser(deps),
    verifyEmail: verifyEmail(deps),
    resendVerification: resendVerification(deps),
    requestPasswordReset: requestPasswordReset(deps),
    resetPassword: resetPassword(deps),
    sendDueMails: sendDueMails(deps),
    pruneAccounts: pruneAccounts(deps),
    eraseAbandoned: eraseAbandoned(deps),
    signIn: signIn(deps),
    ...composeFactors(deps),
    listSessions: listSessions(deps),
    endSession: endSession(deps),
    endAllSessions: endAllSessions(deps),
    checkSession: checkSession(deps),
    changePassword: changePassword(deps),
    changeEmail: changeEmail(deps),
    deleteAccount: deleteAccount(deps),
    exportAccount: exportAccount(deps),
    getSecurity: getSecurity(deps),
    updateSecurity: updateSecurity(deps),
    getMe: getMe(deps),
    updateMe: updateMe(deps),
    listAddresses: listAddresses(deps),
    addAddress: addAddress(deps),
    replaceAddress: replaceAddress(deps),
    removeAddress: removeAddress(deps),
    getPreferences: getPreferences(deps),
    updatePreferences: updatePreferences(deps),
    getContact: getContact(deps),
    listUsers: listUsers(deps),
    setRoles: setRoles(deps),
    listAudit: listAudit(deps),
    getJwks: getJwks(deps),
  };
}

type FactorDeps = ManagePasskeysDeps & CompleteSignInDeps & ProviderSignInDeps;

/** Second factors, passkeys and OpenID providers. */
const composeFactors = (deps: FactorDeps) => ({
  completeSignIn: completeSignIn(deps),
  startPasskeySignIn: startPasskeySignIn(deps),
  signInWithPasskey: signInWithPasskey(deps),
  startStepUpPasskey: startStepUpPasskey(deps),
  stepUp: stepUp(deps),
  listFactors: listFactors(deps),
  setUpTotp: setUpTotp(deps),
  confirmTotp: confirmTotp(deps),
  removeTotp: removeTotp(deps),
  renewRecoveryCodes: renewRecoveryCodes(deps),
  startPasskeyRegistration: startPasskeyRegistration(deps),
  addPasskey: addPasskey(deps),
  renamePasskey: renamePasskey(deps),
  removePasskey: removePasskey(deps),
  listSignInProviders: () => ({ items: deps.providers.list() }),
  startProviderSignIn: startProviderSignIn(deps),
  signInWithProvider: signInWithProvider(deps),
  linkProvider: linkProvider(deps),
  unlinkProvider: unlinkProvider(deps),
});

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
  const cookies = createSessionCookies({ secure: config.STOREFRONT_URL.startsWith("https:") });
  userRoutes(app, useCases, cookies);
  factorRoutes(app, useCases, cookies);
  staffRoutes(app, useCases);
  return app;
}
