import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  isBrokenCircuitError,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";

export interface GuardOptions {
  /** For one attempt. */
  timeoutMs: number;
  /** Further attempts, with growing random waits. Only where the other side is idempotent. Default 0. */
  retries?: number;
  /** Opens after this many failures in a row, and tries again after `halfOpenAfterMs`. */
  breaker?: { consecutiveFailures: number; halfOpenAfterMs: number };
  /** Whether an error speaks against the other side's health; a declined card does not. Default: every error. */
  isFailure?: (error: unknown) => boolean;
}

export interface Guard {
  /** Runs the call under the guard; `signal` aborts when its time is up. */
  <T>(call: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Whether calls are refused at once because the other side has been failing. */
  isOpen(): boolean;
}

/**
 * Keeps a slow or failing neighbour or third party from taking this service down: each attempt is timed, failures are
 * tried again where allowed, and after a row of them calls fail at once for a while. Throws the call's own error,
 * TaskCancelledError for a timeout, or BrokenCircuitError while open: see `isGuardRefusal`.
 */
export function createGuard({ timeoutMs, retries = 0, breaker, isFailure = () => true }: GuardOptions): Guard {
  const failures = handleWhen((error) => error instanceof TaskCancelledError || isFailure(error));
  const policies: IPolicy[] = [];
  if (retries > 0)
    policies.push(
      retry(failures, { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1000 }) }),
    );
  let circuit: CircuitBreakerPolicy | undefined;
  if (breaker) {
    circuit = circuitBreaker(failures, {
      halfOpenAfter: breaker.halfOpenAfterMs,
      breaker: new ConsecutiveBreaker(breaker.consecutiveFailures),
    });
    policies.push(circuit);
  }
  policies.push(timeout(timeoutMs, TimeoutStrategy.Aggressive));
  const policy = wrap(...policies);
  const guard = <T>(call: (signal: AbortSignal) => Promise<T>) =>
    policy.execute(({ signal }) => call(signal)) as Promise<T>;
  return Object.assign(guard, { isOpen: () => circuit?.state === CircuitState.Open });
}

/** Whether the guard itself ended a call: its time was up, or the other side has been failing. */
export const isGuardRefusal = (error: unknown): boolean =>
  error instanceof TaskCancelledError || isBrokenCircuitError(error);
