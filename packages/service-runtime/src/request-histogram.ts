import type { Metric } from "prom-client";

const NAME = "http_request_duration_seconds";
const HELP = "Time from the request's arrival to the end of its answer";
const UPPER_BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];

interface Series {
  labels: { method: string; route: string; status: number };
  /** One per upper bound, and one for what is slower than all. */
  counts: number[];
  sumMs: number;
}

/**
 * The histogram every request is counted in. prom-client's own builds and hashes the labels of each observation, which
 * is a measurable part of a cached page's cost; here a series is found by its route's name and only exported to it.
 */
export function createRequestHistogram() {
  const seriesByRoute = new Map<string, Map<string, Series>>();

  const seriesOf = (method: string, route: string, status: number): Series => {
    const key = method + status;
    const ofRoute = seriesByRoute.get(route) ?? new Map<string, Series>();
    const known = ofRoute.get(key);
    if (known) return known;
    seriesByRoute.set(route, ofRoute);
    const series = { labels: { method, route, status }, counts: UPPER_BOUNDS_MS.map(() => 0).concat(0), sumMs: 0 };
    ofRoute.set(key, series);
    return series;
  };

  const observe = (method: string, route: string, status: number, durationMs: number): void => {
    const series = seriesOf(method, route, status);
    let bucket = 0;
    while (bucket < UPPER_BOUNDS_MS.length && durationMs > (UPPER_BOUNDS_MS[bucket] as number)) bucket++;
    series.counts[bucket] = (series.counts[bucket] as number) + 1;
    series.sumMs += durationMs;
  };

  const get = async () => ({
    name: NAME,
    help: HELP,
    type: "histogram",
    aggregator: "sum",
    values: [...seriesByRoute.values()].flatMap((ofRoute) => [...ofRoute.values()].flatMap(samplesOf)),
  });
  const metric = { name: NAME, get, reset: () => seriesByRoute.clear() } as unknown as Metric;
  return { metric, observe };
}

/** Prometheus counts cumulatively: each bucket holds the ones before it. */
function samplesOf({ labels, counts, sumMs }: Series) {
  let total = 0;
  const buckets = counts.map((count, i) => {
    total += count;
    const boundMs = UPPER_BOUNDS_MS[i];
    return {
      metricName: `${NAME}_bucket`,
      labels: { le: boundMs === undefined ? "+Inf" : boundMs / 1000, ...labels },
      value: total,
    };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: sumMs / 1000 },
    { metricName: `${NAME}_count`, labels, value: total },
  ];
}
