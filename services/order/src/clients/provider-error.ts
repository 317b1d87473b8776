import { NotAccepted } from "../use-cases/deliver-once.ts";

/** Without a connection nothing was accepted. */
const NOT_CONNECTED = new Set<unknown>(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/**
 * What a failed call to a provider means for the message. An answer in the 4xx range was surely not accepted; a timeout
 * or a 5xx may have been. All but a real refusal pass by themselves, so the event waits for as long as it takes
 * (`unavailable`).
 */
export function toProviderError(
  provider: string,
  error: unknown,
  { status, code }: { status?: number; code?: unknown },
): unknown {
  const isRefused = status !== undefined && status >= 400 && status < 500;
  const isSurelyNotAccepted = isRefused || NOT_CONNECTED.has(code);
  const known = isSurelyNotAccepted ? new NotAccepted(`${provider} did not take the message`, { cause: error }) : error;
  return isRefused && status !== 429 ? known : Object.assign(known as Error, { unavailable: true });
}
