import { z } from "zod";
import { Address, Email } from "./address.ts";
import { defineEvent } from "./event.ts";
import { Id, IsoTime } from "./ids.ts";
import { Locale, ShownCurrency } from "./market.ts";
import { Currency } from "./money.ts";
import { defineRoute, PERMISSIONS, service } from "./route.ts";

export const User = z.object({
  id: Id,
  email: z.string(),
  /** Whether the address is proved to be its owner's; until then the account is told nothing about that address. */
  emailVerified: z.boolean(),
  name: z.string(),
  roles: z.array(z.string()),
  createdAt: IsoTime,
});
export type User = z.output<typeof User>;

const Password = z.string().min(8, "must have at least 8 characters").max(128);
const Name = z.string().trim().min(1).max(120);

/** A signed-in session. Browsers also get the token as an HttpOnly cookie. */
export const SignedIn = z.object({ user: User, token: z.string(), expiresAt: IsoTime });
export type SignedIn = z.output<typeof SignedIn>;

export const registerUser = defineRoute({
  method: "POST",
  path: "/v1/users",
  summary: "Create an account and sign in; the same answer for an address that has an account already",
  access: "public",
  limitPerMinute: 10,
  body: z.object({ email: Email, password: Password, name: Name, currency: ShownCurrency }),
  success: { status: 201, body: SignedIn },
  failures: [422],
});

/** A password that is shown, whatever the rules were when it was chosen. */
export const ShownPassword = z.string().min(1).max(128);

/** 32 random bytes, base64url, as they stand in the fragment of a mailed link. */
const MailedToken = z.string().regex(/^[\w-]{43}$/, "is not one of the shop's");

export const verifyEmail = defineRoute({
  method: "POST",
  path: "/v1/users/verification",
  summary:
    "Prove an e-mail address with the token that was mailed to it: of a new account or of a changed address; in a session of that account, or with its password",
  /** 401 `password.required` to whoever shows neither. */
  access: "visitor",
  body: z.object({ token: MailedToken, password: ShownPassword.optional() }),
  success: { status: 204 },
  failures: [409, 422],
});

export const resendVerification = defineRoute({
  method: "POST",
  path: "/v1/users/me/verification",
  summary: "Mail the verification link again",
  access: "shopper",
  success: { status: 204 },
  failures: [409],
});

export const requestPasswordReset = defineRoute({
  method: "POST",
  path: "/v1/password-resets",
  summary: "Mail a link to set a new password, if the address has an account; the answer is the same if it has none",
  access: "public",
  limitPerMinute: 5,
  body: z.object({ email: Email }),
  success: { status: 202, body: z.object({ linkExpiresInSeconds: z.int() }) },
  failures: [],
});

/** The token travels in the body: addresses stand in access logs. */
export const resetPassword = defineRoute({
  method: "POST",
  path: "/v1/password-resets/completion",
  summary: "Set a new password with a mailed token, which proves the address too; ends all sessions",
  access: "public",
  limitPerMinute: 10,
  body: z.object({ token: MailedToken, password: Password }),
  success: { status: 204 },
  failures: [409, 422],
});

export const signIn = defineRoute({
  method: "POST",
  path: "/v1/sessions",
  summary: "Sign in with e-mail and password",
  access: "public",
  limitPerMinute: 5,
  body: z.object({ email: Email, password: ShownPassword }),
  success: { status: 201, body: SignedIn },
  failures: [401],
});

export const signOut = defineRoute({
  method: "DELETE",
  path: "/v1/sessions/current",
  summary: "End this session",
  access: "shopper",
  success: { status: 204 },
  failures: [],
});

export const Session = z.object({
  id: Id,
  current: z.boolean(),
  device: z.string(),
  /** Where it was last used from, coarsely: `192.0.2.0/24`. */
  network: z.string(),
  /** Whether it began on another network. */
  networkChanged: z.boolean(),
  startedAt: IsoTime,
  lastSeenAt: IsoTime,
  expiresAt: IsoTime,
});
export type Session = z.output<typeof Session>;

export const listSessions = defineRoute({
  method: "GET",
  path: "/v1/sessions",
  summary: "Where the shopper is signed in",
  access: "shopper",
  success: { status: 200, body: z.object({ items: z.array(Session) }) },
  failures: [],
});

export const endSession = defineRoute({
  method: "DELETE",
  path: "/v1/sessions/:sessionId",
  summary: "End one of the shopper's sessions",
  access: "shopper",
  params: z.object({ sessionId: Id }),
  success: { status: 204 },
  failures: [404],
});

export const endAllSessions = defineRoute({
  method: "DELETE",
  path: "/v1/sessions",
  summary: "Sign out everywhere",
  access: "shopper",
  success: { status: 204 },
  failures: [],
});

export const getMe = defineRoute({
  method: "GET",
  path: "/v1/users/me",
  summary: "The signed-in shopper",
  access: "shopper",
  success: { status: 200, body: User },
  failures: [],
});

export const updateMe = defineRoute({
  method: "PATCH",
  path: "/v1/users/me",
  summary: "Change name",
  access: "shopper",
  body: z.object({ name: Name }),
  success: { status: 200, body: User },
  failures: [],
});

/**
 * Sensitive changes ask for the password unless one was shown from this network within five minutes. Where the account has
 * a second factor they need a sign-in or step-up of that time; a password that comes along must be right even so.
 */
const CurrentPassword = ShownPassword.optional();

export const changePassword = defineRoute({
  method: "PUT",
  path: "/v1/users/me/password",
  summary: "Change the password; ends all other sessions",
  access: "shopper",
  body: z.object({ currentPassword: CurrentPassword, newPassword: Password }),
  success: { status: 204 },
  failures: [422],
});

export const changeEmail = defineRoute({
  method: "PUT",
  path: "/v1/users/me/email",
  summary: "Ask for another e-mail address; it takes effect once it is verified",
  access: "shopper",
  body: z.object({ email: Email, currentPassword: CurrentPassword }),
  success: { status: 202, body: z.object({ linkExpiresInSeconds: z.int() }) },
  failures: [422],
});

export const deleteMe = defineRoute({
  method: "DELETE",
  path: "/v1/users/me",
  summary: "Delete the account and end all sessions; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  success: { status: 204 },
  failures: [409],
});

/** `pinNetwork`: sessions end when they are used from another network than the one they are on. */
export const Security = z.object({ pinNetwork: z.boolean() });
export type Security = z.output<typeof Security>;

export const getSecurity = defineRoute({
  method: "GET",
  path: "/v1/users/me/security",
  summary: "How strictly the shopper's sessions are bound",
  access: "shopper",
  success: { status: 200, body: Security },
  failures: [],
});

export const updateSecurity = defineRoute({
  method: "PATCH",
  path: "/v1/users/me/security",
  summary: "Bind sessions to their network, or no longer",
  access: "shopper",
  body: Security.extend({ currentPassword: CurrentPassword }),
  success: { status: 200, body: Security },
  failures: [422],
});

export const SavedAddress = z.object({ id: Id, isDefault: z.boolean(), address: Address });
export type SavedAddress = z.output<typeof SavedAddress>;
const AddressBody = z.object({ address: Address, isDefault: z.boolean().default(false) });
const AddressParams = z.object({ addressId: Id });

export const listAddresses = defineRoute({
  method: "GET",
  path: "/v1/users/me/addresses",
  summary: "The shopper's addresses, the default first",
  access: "shopper",
  success: { status: 200, body: z.object({ items: z.array(SavedAddress) }) },
  failures: [],
});

export const addAddress = defineRoute({
  method: "POST",
  path: "/v1/users/me/addresses",
  summary: "Add an address; the first is the default",
  access: "shopper",
  body: AddressBody,
  success: { status: 201, body: SavedAddress },
  failures: [422],
});

export const replaceAddress = defineRoute({
  method: "PUT",
  path: "/v1/users/me/addresses/:addressId",
  summary: "Replace an address",
  access: "shopper",
  params: AddressParams,
  body: AddressBody,
  success: { status: 200, body: SavedAddress },
  failures: [404],
});

export const removeAddress = defineRoute({
  method: "DELETE",
  path: "/v1/users/me/addresses/:addressId",
  summary: "Remove an address",
  access: "shopper",
  params: AddressParams,
  success: { status: 204 },
  failures: [404],
});

export const Preferences = z.object({
  locale: Locale,
  currency: Currency,
  marketing: z.boolean(),
  sms: z.boolean(),
});
export type Preferences = z.output<typeof Preferences>;

export const getPreferences = defineRoute({
  method: "GET",
  path: "/v1/users/me/preferences",
  summary: "Language, currency and what the shop may send",
  access: "shopper",
  success: { status: 200, body: Preferences },
  failures: [],
});

export const updatePreferences = defineRoute({
  method: "PATCH",
  path: "/v1/users/me/preferences",
  summary: "Change some preferences",
  access: "shopper",
  body: Preferences.partial(),
  success: { status: 200, body: Preferences },
  failures: [],
});

/** An account is gone: whoever keeps something about its owner forgets it, or what law does not make them keep. */
export const userErased = defineEvent("user.erased", 1, z.object({ userId: Id }));

export const userEvents = { userErased };

/** Public keys as JWKs (RFC 7517), P-256 for ES256; two are live during a rotation. */
export const getJwks = defineRoute({
  method: "GET",
  path: "/v1/.well-known/jwks.json",
  summary: "The keys that verify tokens",
  access: "public",
  success: {
    status: 200,
    body: z.object({
      keys: z.array(
        z.object({
          kty: z.literal("EC"),
          crv: z.literal("P-256"),
          x: z.string(),
          y: z.string(),
          kid: z.string(),
          use: z.literal("sig"),
          alg: z.literal("ES256"),
        }),
      ),
    }),
  },
  failures: [],
});

/** What every service asks before it trusts a token: is its session still live, and what may its owner do? */
export const checkSession = defineRoute({
  method: "POST",
  path: "/internal/sessions/checks",
  summary: "Whether a session is live for this device and network",
  repeatable: true,
  access: service("product", "user", "cart", "order", "payment"),
  body: z.object({
    sessionId: Id,
    deviceKey: z.string().max(256).optional(),
    network: z.string().max(64).optional(),
  }),
  success: {
    status: 200,
    body: z.object({ userId: Id, roles: z.array(z.string()), permissions: z.array(z.enum(PERMISSIONS)) }),
  },
  failures: [401],
});

/** What the order service needs to write to a shopper. */
export const getContact = defineRoute({
  method: "GET",
  path: "/internal/users/:userId/contact",
  summary: "A shopper's e-mail address, name and preferences",
  access: service("order"),
  params: z.object({ userId: Id }),
  success: { status: 200, body: z.object({ email: z.string(), name: z.string(), preferences: Preferences }) },
  failures: [404],
});

export const userRoutes = {
  registerUser,
  verifyEmail,
  resendVerification,
  requestPasswordReset,
  resetPassword,
  signIn,
  signOut,
  listSessions,
  endSession,
  endAllSessions,
  getMe,
  updateMe,
  changePassword,
  changeEmail,
  deleteMe,
  getSecurity,
  updateSecurity,
  listAddresses,
  addAddress,
  replaceAddress,
  removeAddress,
  getPreferences,
  updatePreferences,
  getJwks,
  checkSession,
  getContact,
};
