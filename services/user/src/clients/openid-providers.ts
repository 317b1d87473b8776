import { AppError } from "@tradepost/service-runtime/app-error";
import * as oidc from "openid-client";

/** An OpenID provider, found by its issuer's discovery document. */
export interface OpenidProvider {
  id: string;
  /** For people. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What makes a provider's answer fit one browser's question. */
export interface ProviderQuestion {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface ProviderAnswer {
  code: string;
  state: string;
  iss?: string | undefined;
}

/** Who somebody is, by the provider's word. */
export interface ProviderClaims {
  subject: string;
  email: string | undefined;
  emailVerified: boolean;
  name: string | undefined;
}

export type OpenidProviders = ReturnType<typeof createOpenidProviders>;

const DISCOVERED_FOR_MS = 3_600_000;

export interface OpenidProvidersOptions {
  providers: readonly OpenidProvider[];
  /** Where a provider sends browsers back to; the providers know it too. */
  redirectUriOf: (providerId: string) => string;
  timeoutMs: number;
  now: () => Date;
}

/**
 * Signs people in at OpenID providers: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636).
 * Throws 404 `provider.unknown`, 401 `provider.refused` for an answer that is not right, 503 `provider.unavailable`.
 */
export function createOpenidProviders({ providers, redirectUriOf, timeoutMs, now }: OpenidProvidersOptions) {
  const discovered = new Map<string, { configuration: oidc.Configuration; atMs: number }>();

  const configurationOf = async (provider: OpenidProvider): Promise<oidc.Configuration> => {
    const known = discovered.get(provider.id);
    if (known && now().getTime() - known.atMs < DISCOVERED_FOR_MS) return known.configuration;
    const issuer = new URL(provider.issuer);
    const configuration = await oidc.discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
      timeout: timeoutMs / 1000,
      // The configuration admits plain HTTP to this machine alone.
      execute: issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [],
    });
    discovered.set(provider.id, { configuration, atMs: now().getTime() });
    return configuration;
  };

  const find = (id: string): OpenidProvider => {
    const provider = providers.find((each) => each.id === id);
    if (!provider) throw new AppError(404, "provider.unknown", "There is no such provider");
    return provider;
  };

  return {
    list: (): { id: string; name: string }[] => providers.map(({ id, name }) => ({ id, name })),
    nameOf: (id: string): string => providers.find((each) => each.id === id)?.name ?? id,

    /** The provider's page that asks for consent. */
    authorizationUrl: async (id: string, { state, nonce, codeVerifier }: ProviderQuestion): Promise<string> => {
      const provider = find(id);
      const configuration = await configurationOf(provider).catch(explain);
      const url = oidc.buildAuthorizationUrl(configuration, {
        ...{ redirect_uri: redirectUriOf(id), scope: "openid email profile", state, nonce },
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
      });
      return url.href;
    },

    /** Turns the code into the person's claims; the ID token's signature, audience, times and nonce are checked. */
    claimsOf: async (id: string, answer: ProviderAnswer, question: ProviderQuestion): Promise<ProviderClaims> => {
      const provider = find(id);
      try {
        return await readClaims(await configurationOf(provider), answered(redirectUriOf(id), answer), question);
      } catch (error) {
        return explain(error);
      }
    },
  };
}

function answered(redirectUri: string, { code, state, iss }: ProviderAnswer): URL {
  const url = new URL(redirectUri);
  url.search = new URLSearchParams({ code, state, ...(iss === undefined ? {} : { iss }) }).toString();
  return url;
}

/** Providers may keep e-mail and name out of the ID token; then the user info endpoint has them. */
async function readClaims(
  configuration: oidc.Configuration,
  url: URL,
  { state, nonce, codeVerifier }: ProviderQuestion,
): Promise<ProviderClaims> {
  const tokens = await oidc.authorizationCodeGrant(configuration, url, {
    ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true },
  });
  const idToken = tokens.claims();
  if (!idToken) throw new Error("the provider sent no ID token");
  const { sub } = idToken;
  const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const claims: Record<string, unknown> =
    idToken.email === undefined && hasUserInfo
      ? { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, sub)) }
      : { ...idToken };
  return {
    subject: sub,
    email: typeof claims.email === "string" ? claims.email : undefined,
    emailVerified: claims.email_verified === true,
    name: typeof claims.name === "string" ? claims.name : undefined,
  };
}

/** Codes of the OAuth library for an answer that is well-formed and wrong: another nonce, audience, issuer, signature. */
const WRONG_ANSWERS = new Set([
  "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
  "OAUTH_JWT_TIMESTAMP_CHECK_FAILED",
  "OAUTH_INVALID_SIGNATURE",
]);

/** What the caller is told of a failed exchange. What the provider said stays inside. */
function explain(error: unknown): never {
  if (error instanceof AppError) throw error;
  const isRefusal =
    error instanceof oidc.AuthorizationResponseError ||
    (error instanceof oidc.ResponseBodyError && error.error === "invalid_grant") ||
    WRONG_ANSWERS.has(String((error as { code?: unknown }).code));
  if (isRefusal)
    throw new AppError(401, "provider.refused", "The provider did not confirm this sign-in; try again", {
      cause: error,
    });
  throw new AppError(503, "provider.unavailable", "The provider cannot be reached just now; sign in another way", {
    headers: { "retry-after": "10" },
    cause: error,
  });
}
