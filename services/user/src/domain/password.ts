import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

/** OWASP's password storage cheat sheet (2025): argon2id with 19 MiB, two passes, one lane. */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_BYTES = 32;

interface Stored {
  memory: number;
  passes: number;
  parallelism: number;
  salt: Buffer;
  tag: Buffer;
}

/** A salted argon2id hash as a PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, which holds its own parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, { ...PARAMETERS, salt, tag: Buffer.alloc(TAG_BYTES) });
  const { memory, passes, parallelism } = PARAMETERS;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

/** Whether the password is the hashed one, and whether its hash should be made anew because parameters have grown. */
export async function checkPassword(password: string, hash: string): Promise<{ fits: boolean; outdated: boolean }> {
  const stored = parse(hash);
  const tag = await derive(password, stored);
  const outdated = stored.memory < PARAMETERS.memory || stored.passes < PARAMETERS.passes;
  return { fits: timingSafeEqual(tag, stored.tag), outdated };
}

/** A hash no password fits: checking against it takes as long as checking against a real one. */
export const UNKNOWN_USER_HASH = `$argon2id$v=19$m=${PARAMETERS.memory},t=${PARAMETERS.passes},p=${PARAMETERS.parallelism}$${encode(Buffer.alloc(16))}$${encode(Buffer.alloc(TAG_BYTES))}`;

/** What stands in place of a hash where nobody has set a password. */
export const NO_PASSWORD_HASH = UNKNOWN_USER_HASH;

/** A hash that is all zeros belongs to no password. */
export const hasPassword = (hash: string): boolean => parse(hash).tag.some((byte) => byte !== 0);

const derive = (password: string, { memory, passes, parallelism, salt, tag }: Stored): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // NFKC, so that the same keys pressed on another system give the same password (NIST SP 800-63B).
    const message = Buffer.from(password.normalize("NFKC"));
    const parameters = { message, nonce: salt, memory, passes, parallelism, tagLength: tag.length };
    argon2("argon2id", parameters, (error, derived) => (error ? reject(error) : resolve(derived)));
  });

function parse(hash: string): Stored {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (!match) throw new Error("a stored password hash is malformed");
  const [memory = 0, passes = 0, parallelism = 0] = match.slice(1, 4).map(Number);
  const [salt = "", tag = ""] = match.slice(4);
  return { memory, passes, parallelism, salt: Buffer.from(salt, "base64"), tag: Buffer.from(tag, "base64") };
}

function encode(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
