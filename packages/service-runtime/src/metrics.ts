import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface Metrics {
  registry: Registry;
  observeRequest(method: string, route: string, status: number, durationMs: number): void;
}

/** A service's metrics: the process (memory, event loop delay, garbage collection) and its requests. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from the request's arrival to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: REQUEST_SECONDS,
    registers: [registry],
  });
  return {
    registry,
    observeRequest: (method, route, status, durationMs) =>
      duration.observe({ method, route, status }, durationMs / 1000),
  };
}
