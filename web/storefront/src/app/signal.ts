import { useSyncExternalStore } from "react";

/** A value outside the component tree that components can watch. */
export function createSignal<T>(initial: T) {
  let value = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set: (next: T) => {
      value = next;
      for (const notify of watchers) notify();
    },
    subscribe: (notify: () => void) => {
      watchers.add(notify);
      return () => {
        watchers.delete(notify);
      };
    },
  };
}

export const useSignal = <T>(signal: { get: () => T; subscribe: (notify: () => void) => () => void }): T =>
  useSyncExternalStore(signal.subscribe, signal.get);
