import type { SigningKey } from "../domain/signing-keys.ts";

/** The public halves of all signing keys (RFC 7517); `d`, the private part, stays here. */
export const getJwks =
  ({ signingKeys }: { signingKeys: () => readonly SigningKey[] }) =>
  () => ({
    keys: signingKeys().map(({ kty, crv, x, y, kid }) => ({
      ...{ kty, crv, x, y, kid },
      use: "sig" as const,
      alg: "ES256" as const,
    })),
  });
