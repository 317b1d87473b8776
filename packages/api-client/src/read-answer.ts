import { Problem } from "@tradepost/contracts/problem";
import type { RouteContract } from "@tradepost/contracts/route";
import { CallFailed, CallUnreachable, type ReceivedProblem } from "./call-error.ts";
import type { Answer } from "./client.ts";

const AnyProblem = Problem.loose();

/** Reads `Retry-After`, in seconds or as an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterSeconds(response: Pick<Answer, "headers">, nowMs = Date.now()): number | undefined {
  const value = response.headers.get("retry-after");
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, Math.ceil((atMs - nowMs) / 1000));
}

/** The success body as the contract says, `undefined` for 204. Throws CallFailed for a problem, CallUnreachable for anything else. */
export async function readAnswer(route: RouteContract, response: Answer): Promise<unknown> {
  if (response.ok && route.success.body === undefined) {
    await response.body?.cancel();
    return undefined;
  }
  const text = await response.text();
  const garbage = (cause: unknown) =>
    new CallUnreachable("garbage", `${route.method} ${route.path}`, { cause, status: response.status });
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch (error) {
    throw garbage(error);
  }
  const parsed = (response.ok && route.success.body ? route.success.body : AnyProblem).safeParse(payload);
  if (!parsed.success) throw garbage(parsed.error);
  if (response.ok) return parsed.data;
  throw new CallFailed(parsed.data as ReceivedProblem, response.status, retryAfterSeconds(response));
}
