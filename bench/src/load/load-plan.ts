export interface LoadRequest {
  method: "GET" | "POST" | "PUT";
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/**
 * What is sent: every connection takes its share of `requests`, one after the other. With `seconds` it begins anew at
 * the end of its share until time is up; without, each request is sent once.
 */
export interface LoadPlan {
  origin: string;
  connections: number;
  requests: LoadRequest[];
  seconds?: number;
}

export interface LoadResult {
  answers: number;
  /** From the start to the last answer. */
  seconds: number;
  latencyMs: { p50: number; p99: number; max: number };
  /** Answers that were no success, by status, and broken or unanswered calls. */
  failures: Record<string, number>;
  /** Share of one core that the sender used. */
  busy: number;
}
