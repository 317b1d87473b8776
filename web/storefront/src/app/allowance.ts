/** Lets something happen at most `count` times in any `windowMs`. */
export function createAllowance(count: number, windowMs: number, now: () => number = Date.now): () => boolean {
  const uses: number[] = [];
  return () => {
    const since = now() - windowMs;
    while (uses[0] !== undefined && uses[0] <= since) uses.shift();
    if (uses.length >= count) return false;
    uses.push(now());
    return true;
  };
}
