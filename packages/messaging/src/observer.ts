export type HandlingOutcome = "done" | "retried" | "dead";

/** What a service turns into metrics. Each function is called after the fact and must not throw. */
export interface MessagingObserver {
  /** A batch left the outbox; `oldestMs` is the age of its oldest event when the broker had confirmed it. */
  relayed?(fact: { published: number; failed: number; oldestMs: number }): void;
  /** A message was settled; `ageMs` is the time since its event occurred. */
  handled?(fact: { consumer: string; outcome: HandlingOutcome; durationMs: number; ageMs: number }): void;
}
