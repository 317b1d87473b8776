/** What several rounds gave: the median, and from where to where they went. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** Throws for no values at all. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new Error("there is no spread of nothing");
  return { median: quantile(sorted, 0.5), min, max };
}

/** The `q`-quantile of ascending values, interpolated between neighbours (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error("there is no quantile of nothing");
  return below + (above - below) * (at - Math.floor(at));
}
