import type { Problem } from "@tradepost/contracts/problem";

/** A problem as it arrived: the members every problem has, and its own extension members such as `quote` or `lines`. */
export type ReceivedProblem = Problem & Record<string, unknown>;

/** The server understood the call and refused it; `problem.code` says why. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly problem: ReceivedProblem;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: ReceivedProblem, status: number, retryAfterSeconds?: number) {
    super(problem.title);
    this.problem = problem;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type UnreachableReason = "network" | "timeout" | "garbage";

/**
 * No usable answer came: the network failed, time ran out, or what arrived was not what the contract says (an HTML error
 * page, cut-off JSON). Whether the server acted on the call is unknown.
 */
export class CallUnreachable extends Error {
  override readonly name = "CallUnreachable";
  readonly reason: UnreachableReason;
  readonly status: number | undefined;

  constructor(reason: UnreachableReason, call: string, options: { cause?: unknown; status?: number } = {}) {
    super(`${call}: ${reason === "garbage" ? "unusable answer" : reason}`, { cause: options.cause });
    this.reason = reason;
    this.status = options.status;
  }
}
