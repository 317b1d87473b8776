import { AppError } from "@tradepost/service-runtime/app-error";
import { dictionary } from "@zxcvbn-ts/language-common";

const MIN_LENGTH = 8;
/** The commonest passwords of public leaks; the short ones are refused by their length. */
const breached = new Set(dictionary["passwords-common"].filter(({ length }) => length >= MIN_LENGTH));

/** Refuses what everyone who guesses tries first, in any case of letters. Throws 422 `password.breached`. */
export function refuseBreached(password: string, path: string): void {
  if (!breached.has(password.normalize("NFKC").toLowerCase())) return;
  throw new AppError(422, "password.breached", "This password is in lists of stolen ones; choose another", {
    errors: [{ path, message: "is in lists of stolen passwords" }],
  });
}
