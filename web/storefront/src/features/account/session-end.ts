import type { QueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { createSignal } from "../../app/signal.ts";

const OVER = new Set(["session.ended", "session.other_device", "token.invalid"]);
export const ME_KEY = ["me"];

/** Whether the visitor is told that a session ended under them. */
export const sessionEndNotice = createSignal(false);

/** A refusal that means: the session this browser had is no more. */
export const isSessionOver = (error: unknown): boolean =>
  error instanceof CallFailed && error.status === 401 && OVER.has(error.problem.code);

/** From now on this browser is a guest's, until someone signs in again. */
export function endSessionHere(client: QueryClient): void {
  client.setQueryData(ME_KEY, null);
  sessionEndNotice.set(true);
}
