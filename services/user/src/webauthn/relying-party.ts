import { randomBytes } from "node:crypto";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreation,
  PasskeyRequest,
} from "@tradepost/contracts/user-factors";

/** A credential as it is kept. */
export interface Credential {
  credentialId: string;
  /** COSE. */
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
}

export interface RelyingPartyOptions {
  /** The shop's host name: passkeys are bound to it for good. */
  id: string;
  name: string;
  /** Origins whose pages may ask for passkeys. */
  origins: readonly string[];
  timeoutMs: number;
}

export type RelyingParty = ReturnType<typeof createRelyingParty>;

/** The shop's side of WebAuthn (Level 3): what devices are asked, and whether what they answer is right. */
export function createRelyingParty({ id, name, origins, timeoutMs }: RelyingPartyOptions) {
  const expected = { expectedRPID: id, expectedOrigin: [...origins] };
  return {
    /** A passkey that names its owner by itself, so that it can be used without typing an address. */
    creationOptions: (
      user: { id: string; email: string; name: string },
      known: readonly Credential[],
    ): PasskeyCreation => ({
      rp: { id, name },
      user: { id: userHandleOf(user.id), name: user.email, displayName: user.name },
      challenge: newChallenge(),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
      timeout: timeoutMs,
      excludeCredentials: known.map(toReference),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "preferred" },
      attestation: "none",
    }),

    requestOptions: (
      known: readonly Credential[],
      userVerification: PasskeyRequest["userVerification"],
    ): PasskeyRequest => ({
      ...{ challenge: newChallenge(), timeout: timeoutMs, rpId: id, userVerification },
      allowCredentials: known.map(toReference),
    }),

    /** The new credential; null when the answer is not one to this challenge from one of the shop's pages. */
    verifyAttestation: async (
      response: PasskeyAttestation,
      challenge: string,
    ): Promise<(Credential & { backedUp: boolean }) | null> => {
      const checked = await verifyRegistrationResponse({
        ...{ response: response as never, ...expected, expectedChallenge: challenge },
        requireUserVerification: false,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(refused);
      if (!checked?.verified) return null;
      const { credential, credentialBackedUp } = checked.registrationInfo;
      return {
        ...{ credentialId: credential.id, publicKey: credential.publicKey, counter: credential.counter },
        ...{ transports: response.response.transports ?? [], backedUp: credentialBackedUp },
      };
    },

    /** What the device counts; null when it did not sign this challenge for one of the shop's pages with this credential. */
    verifyAssertion: async (
      response: PasskeyAssertion,
      { challenge, credential, mustVerifyUser }: { challenge: string; credential: Credential; mustVerifyUser: boolean },
    ): Promise<{ counter: number; backedUp: boolean } | null> => {
      const { credentialId, publicKey, counter, transports } = credential;
      const checked = await verifyAuthenticationResponse({
        ...{ response: response as never, ...expected, expectedChallenge: challenge },
        credential: { id: credentialId, publicKey, counter, transports },
        requireUserVerification: mustVerifyUser,
      }).catch(refused);
      if (!checked?.verified) return null;
      const { newCounter, credentialBackedUp } = checked.authenticationInfo;
      return { counter: newCounter, backedUp: credentialBackedUp };
    },
  };
}

/** EdDSA, ES256, RS256 by their COSE numbers. */
const ALGORITHMS = [-8, -7, -257];

const newChallenge = () => randomBytes(32).toString("base64url");
/** A user's id as devices keep it beside a passkey. */
export const userHandleOf = (userId: string): string => Buffer.from(userId).toString("base64url");
const toReference = ({ credentialId, transports }: Credential) => ({
  ...{ id: credentialId, type: "public-key" as const, transports },
});
/** The library throws for everything that does not fit. */
const refused = () => null;
