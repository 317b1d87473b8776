import { Counter, Histogram, type Registry } from "prom-client";

const AGE_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120, 600];

/** What `startMessaging` takes as observer: how many events were handled and how, how old they were, what was published. */
export function messagingMetrics(registry: Registry) {
  const handled = new Counter({
    name: "messaging_events_handled_total",
    help: "Events that a consumer has settled, by outcome: done, retried or dead",
    labelNames: ["consumer", "outcome"],
    registers: [registry],
  });
  const age = new Histogram({
    name: "messaging_event_age_seconds",
    help: "Time from an event's occurrence to the end of its handling",
    labelNames: ["consumer"],
    buckets: AGE_SECONDS,
    registers: [registry],
  });
  const relayed = new Counter({
    name: "messaging_outbox_events_total",
    help: "Events taken out of the outbox, by outcome: published or failed",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const outboxAge = new Histogram({
    name: "messaging_outbox_age_seconds",
    help: "Age of the oldest event of a batch from the outbox, when the broker had confirmed or refused it",
    buckets: AGE_SECONDS,
    registers: [registry],
  });
  return {
    handled: (fact: { consumer: string; outcome: string; ageMs: number }) => {
      handled.inc({ consumer: fact.consumer, outcome: fact.outcome });
      age.observe({ consumer: fact.consumer }, fact.ageMs / 1000);
    },
    relayed: ({ published, failed, oldestMs }: { published: number; failed: number; oldestMs: number }) => {
      outboxAge.observe(oldestMs / 1000);
      relayed.inc({ outcome: "published" }, published);
      relayed.inc({ outcome: "failed" }, failed);
    },
  };
}
