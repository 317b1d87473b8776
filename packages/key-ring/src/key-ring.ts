/** AES-256 keys by id; the first encrypts, all decrypt, so that a key can be changed while old ciphertexts live. */
export type RingKeys = readonly { id: string; key: Buffer }[];

export interface KeyRing {
  /** The keys as last read and unwrapped. */
  current: () => RingKeys;
  /** Reads the keys anew, e.g. because something names a key that is not known yet; true when they changed. */
  refresh: () => Promise<boolean>;
}
