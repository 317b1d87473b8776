import { Counter, Histogram, type Registry } from "prom-client";
import type { PluginHandler } from "../exchange.ts";
import type { PluginConfig } from "../kong-config.ts";

/** The names of Kong's own metrics, so that dashboards and alerts work on both. */
export function createKongMetrics(registry: Registry) {
  return {
    requests: new Counter({
      name: "kong_http_requests_total",
      help: "HTTP status codes per service and route",
      labelNames: ["service", "route", "code"],
      registers: [registry],
    }),
    latency: new Histogram({
      name: "kong_request_latency_ms",
      help: "Time from the request to its answer's headers, in milliseconds",
      labelNames: ["service", "route"],
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000],
      registers: [registry],
    }),
  };
}

export function prometheus(
  config: PluginConfig<"prometheus">,
  metrics: ReturnType<typeof createKongMetrics>,
  labels: { service: string; route: string },
): PluginHandler {
  return {
    respond({ startedAtMs }, status) {
      if (config.status_code_metrics) metrics.requests.inc({ ...labels, code: status });
      if (config.latency_metrics) metrics.latency.observe(labels, performance.now() - startedAtMs);
    },
  };
}
