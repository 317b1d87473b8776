import { randomBytes } from "node:crypto";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { OpenidProviders, ProviderAnswer, ProviderClaims, ProviderQuestion } from "../clients/openid-providers.ts";
import type { ChallengeStore } from "../storage/challenge-store.ts";
import { hashDeviceKey } from "../storage/session-store.ts";

export interface AskProviderDeps {
  providers: OpenidProviders;
  challenges: ChallengeStore;
}

/** The browser, by the key it keeps; one that has none yet is being given one. */
interface Browser {
  deviceKey: string | undefined;
  newDeviceKey?: string | undefined;
}

interface Kept extends ProviderQuestion {
  providerId: string;
  browser: string;
}

/** Signing in there may take a while: a password is looked for, an account is made. */
const QUESTION_LIFE_MS = 15 * 60_000;

const random = () => randomBytes(32).toString("base64url");
const browserOf = ({ deviceKey, newDeviceKey }: Browser): string => hashDeviceKey(deviceKey ?? newDeviceKey);

/**
 * Begins a sign-in at a provider. The state is bound to the browser by its device cookie, so that nobody can have somebody
 * else's browser finish what they began. Throws 404 `provider.unknown`, 503 `provider.unavailable`.
 */
export const startProviderSignIn =
  ({ providers, challenges }: AskProviderDeps) =>
  async (providerId: string, browser: Browser): Promise<{ url: string }> => {
    const question: ProviderQuestion = { state: random(), nonce: random(), codeVerifier: random() };
    const url = await providers.authorizationUrl(providerId, question);
    const kept: Kept = { ...question, providerId, browser: browserOf(browser) };
    await challenges.put("provider", question.state, kept, QUESTION_LIFE_MS);
    return { url };
  };

/** Who the provider says came back, to a question this browser was sent there with; each is answered once. */
export async function askProvider(
  { providers, challenges }: AskProviderDeps,
  { providerId, answer }: { providerId: string; answer: ProviderAnswer },
  browser: Browser,
): Promise<ProviderClaims> {
  const kept = await challenges.take<Kept>("provider", answer.state);
  if (kept?.providerId !== providerId || kept.browser !== browserOf(browser))
    throw new AppError(401, "provider.refused", "The provider did not confirm this sign-in; try again");
  return providers.claimsOf(providerId, answer, kept);
}
