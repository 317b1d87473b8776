import { CallFailed } from "@tradepost/api-client/call-error";
import { createSignal } from "../../app/signal.ts";

const OVER = new Set(["session.ended", "session.other_device", "session.other_network", "token.invalid"]);

/** Whether a session has ended under the visitor, who has not signed in again since. */
export const sessionEndNotice = createSignal(false);

/** A refusal that means: the session this browser had is no more. The server takes its cookie back with it. */
export const isSessionOver = (error: unknown): boolean =>
  error instanceof CallFailed && error.status === 401 && OVER.has(error.problem.code);
