import { collectDefaultMetrics, Registry } from "prom-client";
import { createRequestHistogram } from "./request-histogram.ts";

export interface Metrics {
  registry: Registry;
  observeRequest(method: string, route: string, status: number, durationMs: number): void;
}

/** A service's metrics: the process (memory, event loop delay, garbage collection) and its requests. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const requests = createRequestHistogram();
  registry.registerMetric(requests.metric);
  return { registry, observeRequest: requests.observe };
}
