import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreation,
  PasskeyRequest,
} from "@tradepost/contracts/user-factors";

/** The device made or used no passkey: its owner said no, took too long, or it has none. */
export class PasskeyFailed extends Error {
  override readonly name = "PasskeyFailed";
}

export const canUsePasskeys = (): boolean => typeof PublicKeyCredential === "function";

const load = () => import("@simplewebauthn/browser");

/** Has the device make a passkey. Throws PasskeyFailed. */
export const makePasskey = (options: PasskeyCreation): Promise<PasskeyAttestation> =>
  onDevice(async () => (await load()).startRegistration({ optionsJSON: options })) as Promise<PasskeyAttestation>;

/** Has the device use one of its passkeys. Throws PasskeyFailed. */
export const answerWithPasskey = (options: PasskeyRequest): Promise<PasskeyAssertion> =>
  onDevice(async () => (await load()).startAuthentication({ optionsJSON: options })) as Promise<PasskeyAssertion>;

async function onDevice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new PasskeyFailed("the device used no passkey", { cause });
  }
}
