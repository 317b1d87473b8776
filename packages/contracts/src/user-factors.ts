import { z } from "zod";
import { Id, IsoTime } from "./ids.ts";
import { ShownCurrency } from "./market.ts";
import { defineRoute } from "./route.ts";
import { ShownPassword, SignedIn } from "./user.ts";

/** Binary values of WebAuthn as it writes them in JSON: base64url without padding. */
const Bytes = z
  .string()
  .max(16_384)
  .regex(/^[\w-]*$/, "must be base64url");
const Transports = z.array(z.string().max(32)).max(10);
const Attachment = z.enum(["platform", "cross-platform"]).optional();
const Extensions = z.record(z.string().max(64), z.unknown());
const CredentialRef = z.object({
  id: z.string(),
  type: z.literal("public-key"),
  transports: z.array(z.string()),
});

/** What `navigator.credentials.create` is given (Web Authentication Level 3, 5.1.9), as JSON. */
export const PasskeyCreation = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(CredentialRef),
  authenticatorSelection: z.object({
    residentKey: z.enum(["discouraged", "preferred", "required"]),
    requireResidentKey: z.boolean(),
    userVerification: z.enum(["discouraged", "preferred", "required"]),
  }),
  attestation: z.literal("none"),
});
export type PasskeyCreation = z.output<typeof PasskeyCreation>;

/** What `navigator.credentials.get` is given; with no credentials named the device offers those it has. */
export const PasskeyRequest = z.object({
  challenge: z.string(),
  timeout: z.int(),
  rpId: z.string(),
  allowCredentials: z.array(CredentialRef),
  userVerification: z.enum(["discouraged", "preferred", "required"]),
});
export type PasskeyRequest = z.output<typeof PasskeyRequest>;

/** What `navigator.credentials.create` gives, as `toJSON` writes it. */
export const PasskeyAttestation = z.object({
  id: Bytes,
  rawId: Bytes,
  type: z.literal("public-key"),
  authenticatorAttachment: Attachment,
  clientExtensionResults: Extensions,
  response: z.object({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    authenticatorData: Bytes.optional(),
    publicKey: Bytes.optional(),
    publicKeyAlgorithm: z.int().optional(),
    transports: Transports.optional(),
  }),
});
export type PasskeyAttestation = z.output<typeof PasskeyAttestation>;

/** What `navigator.credentials.get` gives. */
export const PasskeyAssertion = z.object({
  id: Bytes,
  rawId: Bytes,
  type: z.literal("public-key"),
  authenticatorAttachment: Attachment,
  clientExtensionResults: Extensions,
  response: z.object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.optional(),
  }),
});
export type PasskeyAssertion = z.output<typeof PasskeyAssertion>;

/** 32 random bytes that name a challenge. */
const ChallengeId = z.string().regex(/^[\w-]{43}$/, "is not one of the shop's");
/** Six digits of an authenticator app (RFC 6238). */
const TotpCode = z.string().regex(/^\d{6}$/, "must be the six digits that the app shows");
/** As it was shown, or without hyphens and in small letters. */
const RecoveryCode = z.string().min(16).max(24);

export const FACTOR_METHODS = ["totp", "recoveryCode", "passkey"] as const;

/**
 * Extension members of the 401 problem `factor.required`: the password, or the provider, was right, and one of the
 * methods is asked for too. `passkey` is there when that is one of them.
 */
export const FactorChallenge = z.object({
  challengeId: z.string(),
  methods: z.array(z.enum(FACTOR_METHODS)),
  passkey: PasskeyRequest.optional(),
  expiresAt: IsoTime,
});
export type FactorChallenge = z.output<typeof FactorChallenge>;

export const completeSignIn = defineRoute({
  method: "POST",
  path: "/v1/sessions/factors",
  summary: "Sign in with the second factor that a sign-in asked for, from the same device within five minutes",
  access: "public",
  limitPerMinute: 10,
  body: z.union([
    z.object({ challengeId: ChallengeId, totp: TotpCode }),
    z.object({ challengeId: ChallengeId, recoveryCode: RecoveryCode }),
    z.object({ challengeId: ChallengeId, passkey: PasskeyAssertion }),
  ]),
  success: { status: 201, body: SignedIn },
  failures: [401, 422],
});

export const startPasskeySignIn = defineRoute({
  method: "POST",
  path: "/v1/sessions/passkey-challenges",
  summary: "What a device needs to sign in with one of its passkeys, within five minutes",
  access: "public",
  limitPerMinute: 20,
  success: { status: 201, body: z.object({ challengeId: z.string(), options: PasskeyRequest }) },
  failures: [],
});

export const signInWithPasskey = defineRoute({
  method: "POST",
  path: "/v1/sessions/passkeys",
  summary: "Sign in with a passkey alone; it shows that its owner is there, so no second factor is asked for",
  access: "public",
  limitPerMinute: 10,
  body: z.object({ challengeId: ChallengeId, passkey: PasskeyAssertion }),
  success: { status: 201, body: SignedIn },
  failures: [401],
});

export const startStepUpPasskey = defineRoute({
  method: "POST",
  path: "/v1/sessions/current/passkey-challenges",
  summary: "What a device needs to step this session up with a passkey, within five minutes",
  access: "shopper",
  /** `alone`: without the password; then the device has to verify who uses it. */
  body: z.object({ alone: z.boolean() }),
  success: { status: 201, body: z.object({ options: PasskeyRequest }) },
  failures: [409],
});

export const stepUp = defineRoute({
  method: "POST",
  path: "/v1/sessions/current/step-up",
  summary:
    "Show again that it is the owner who asks: a passkey, or the password and, where there is one, a second factor; sensitive changes need no more from this network for five minutes",
  access: "shopper",
  body: z.union([
    z.object({ password: ShownPassword, totp: TotpCode }),
    z.object({ password: ShownPassword, recoveryCode: RecoveryCode }),
    z.object({ password: ShownPassword, passkey: PasskeyAssertion }),
    z.object({ passkey: PasskeyAssertion }),
    /** 401 `factor.required` with `methods` where the account has a second factor. */
    z.object({ password: ShownPassword }),
  ]),
  success: { status: 204 },
  failures: [422],
});

const PasskeyName = z.string().trim().min(1).max(60);
export const Passkey = z.object({
  id: Id,
  name: z.string(),
  /** Whether it is kept in the cloud of its owner too, and so outlives the device. */
  backedUp: z.boolean(),
  createdAt: IsoTime,
  lastUsedAt: IsoTime.nullable(),
});
export type Passkey = z.output<typeof Passkey>;

export const LinkedProvider = z.object({ providerId: z.string(), name: z.string(), linkedAt: IsoTime });
export type LinkedProvider = z.output<typeof LinkedProvider>;

/** The ways into an account. */
export const Factors = z.object({
  /** False for an account that began at a provider and never set one. */
  hasPassword: z.boolean(),
  totp: z.object({ since: IsoTime }).nullable(),
  passkeys: z.array(Passkey),
  recoveryCodesLeft: z.int(),
  providers: z.array(LinkedProvider),
});
export type Factors = z.output<typeof Factors>;

export const listFactors = defineRoute({
  method: "GET",
  path: "/v1/users/me/factors",
  summary: "The shopper's ways to sign in: authenticator app, passkeys, recovery codes, providers",
  access: "shopper",
  success: { status: 200, body: Factors },
  failures: [],
});

/** Shown once; each works once instead of another second factor. */
const RecoveryCodes = z.array(z.string());

export const setUpTotp = defineRoute({
  method: "POST",
  path: "/v1/users/me/totp",
  summary:
    "A secret for an authenticator app, of use once a code confirms it; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  success: { status: 201, body: z.object({ secret: z.string(), uri: z.string() }) },
  failures: [409],
});

export const confirmTotp = defineRoute({
  method: "POST",
  path: "/v1/users/me/totp/confirmation",
  summary: "Use the authenticator app from now on; answers new recovery codes",
  access: "shopper",
  body: z.object({ code: TotpCode }),
  success: { status: 201, body: z.object({ recoveryCodes: RecoveryCodes }) },
  failures: [409, 422],
});

export const removeTotp = defineRoute({
  method: "DELETE",
  path: "/v1/users/me/totp",
  summary: "Stop using the authenticator app; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  success: { status: 204 },
  failures: [404],
});

export const renewRecoveryCodes = defineRoute({
  method: "POST",
  path: "/v1/users/me/recovery-codes",
  summary: "New recovery codes in place of the old; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  success: { status: 201, body: z.object({ recoveryCodes: RecoveryCodes }) },
  failures: [409],
});

export const startPasskeyRegistration = defineRoute({
  method: "POST",
  path: "/v1/users/me/passkey-challenges",
  summary: "What a device needs to make a passkey; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  success: { status: 201, body: z.object({ options: PasskeyCreation }) },
  failures: [409],
});

export const addPasskey = defineRoute({
  method: "POST",
  path: "/v1/users/me/passkeys",
  summary: "Keep a passkey that a device has just made; the first factor of an account comes with recovery codes",
  access: "shopper",
  body: z.object({ name: PasskeyName, passkey: PasskeyAttestation }),
  success: { status: 201, body: z.object({ passkey: Passkey, recoveryCodes: RecoveryCodes.optional() }) },
  failures: [409, 422],
});

const PasskeyParams = z.object({ passkeyId: Id });

export const renamePasskey = defineRoute({
  method: "PATCH",
  path: "/v1/users/me/passkeys/:passkeyId",
  summary: "Rename a passkey",
  access: "shopper",
  params: PasskeyParams,
  body: z.object({ name: PasskeyName }),
  success: { status: 200, body: Passkey },
  failures: [404],
});

export const removePasskey = defineRoute({
  method: "DELETE",
  path: "/v1/users/me/passkeys/:passkeyId",
  summary: "Remove a passkey; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  params: PasskeyParams,
  success: { status: 204 },
  failures: [404],
});

/** What a provider's entry is called in paths. */
export const ProviderId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "must be a provider's id");

export const listSignInProviders = defineRoute({
  method: "GET",
  path: "/v1/sign-in-providers",
  summary: "The OpenID providers that one can sign in with",
  access: "public",
  success: { status: 200, body: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }) },
  failures: [],
});

export const startProviderSignIn = defineRoute({
  method: "POST",
  path: "/v1/sign-in-providers/:providerId/authorizations",
  summary: "The provider's page to send this browser to; it comes back to /sign-in/:providerId with code and state",
  access: "public",
  limitPerMinute: 20,
  params: z.object({ providerId: ProviderId }),
  success: { status: 201, body: z.object({ url: z.string() }) },
  failures: [404],
});

/** What the provider's answer holds (OpenID Connect Core 1.0, 3.1.2.5; RFC 9207 for `iss`). */
const ProviderAnswer = z.object({
  code: z.string().min(1).max(4096),
  state: z.string().min(1).max(512),
  iss: z.string().max(512).optional(),
});

export const signInWithProvider = defineRoute({
  method: "POST",
  path: "/v1/sign-in-providers/:providerId/sessions",
  summary: "Sign in with the code a provider sent this browser back with; a new account for an address that has none",
  access: "public",
  limitPerMinute: 10,
  params: z.object({ providerId: ProviderId }),
  body: ProviderAnswer.extend({ currency: ShownCurrency }),
  success: { status: 201, body: SignedIn },
  failures: [401, 404, 409],
});

export const linkProvider = defineRoute({
  method: "POST",
  path: "/v1/users/me/identities",
  summary: "Sign in with a provider too from now on; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  body: ProviderAnswer.extend({ providerId: ProviderId }),
  success: { status: 201, body: LinkedProvider },
  failures: [404, 409],
});

export const unlinkProvider = defineRoute({
  method: "DELETE",
  path: "/v1/users/me/identities/:providerId",
  summary: "Sign in with a provider no more; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  params: z.object({ providerId: ProviderId }),
  success: { status: 204 },
  failures: [404, 409],
});

export const factorRoutes = {
  completeSignIn,
  startPasskeySignIn,
  signInWithPasskey,
  startStepUpPasskey,
  stepUp,
  listFactors,
  setUpTotp,
  confirmTotp,
  removeTotp,
  renewRecoveryCodes,
  startPasskeyRegistration,
  addPasskey,
  renamePasskey,
  removePasskey,
  listSignInProviders,
  startProviderSignIn,
  signInWithProvider,
  linkProvider,
  unlinkProvider,
};
