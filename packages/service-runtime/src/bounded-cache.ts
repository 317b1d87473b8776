/** A map that forgets what was used longest ago once it is full, and every entry when its time is up. */
export interface BoundedCache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V, untilMs: number): void;
  delete(key: string): void;
  clear(): void;
}

/** Relies on a Map keeping the order of insertion: reading an entry moves it to the end. */
export function createBoundedCache<V>(maxEntries: number, now: () => number = Date.now): BoundedCache<V> {
  const entries = new Map<string, { value: V; untilMs: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.untilMs <= now()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, untilMs) {
      entries.delete(key);
      entries.set(key, { value, untilMs });
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string);
    },
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
