import type { Scheduler } from "fast-check";
import { Crash, type CrashPoint } from "./crashing-stock.ts";

/** Waits until it is the process's turn, then makes the call; throws Crash from where the process dies. */
type Gate = <T>(label: string, call: () => Promise<T>) => Promise<T>;

/**
 * Processes that share stores and take turns at each single call to them, in an order that fast-check chooses: nothing
 * runs between two turns, so a process can be left standing before any write for as long as the others like.
 */
export function createInterleaving(scheduler: Scheduler) {
  let running = 0;
  let whenQuiet = Promise.withResolvers<void>();
  const pause = () => {
    running -= 1;
    if (running === 0) whenQuiet.resolve();
  };
  const resume = () => {
    running += 1;
    whenQuiet = Promise.withResolvers<void>();
    return whenQuiet;
  };

  const gateOf = (name: string, crash: CrashPoint | undefined): Gate => {
    let calls = 0;
    return async (label, call) => {
      const number = calls++;
      if (crash && number > crash.call) throw new Crash();
      const turn = scheduler.schedule(Promise.resolve(), `${name}: ${label}`);
      pause();
      await turn;
      if (crash?.call !== number) return call();
      if (crash.isAfterWrite) await call();
      throw new Crash();
    };
  };

  return {
    /** Runs `work` up to its first call. What it returns settles when the process ends. */
    async start(name: string, crash: CrashPoint | undefined, work: (gate: Gate) => Promise<void>) {
      const quiet = resume();
      const ending = work(gateOf(name, crash)).finally(pause);
      ending.catch(() => {});
      await quiet.promise;
      return { ending };
    },

    /** One process makes its call and goes on to its next one. False: there is none left. */
    async step(): Promise<boolean> {
      if (scheduler.count() === 0) return false;
      const quiet = resume();
      await scheduler.waitOne();
      await quiet.promise;
      return true;
    },
  };
}

/** A store whose every call goes through the gate. */
export function gated<S extends object>(store: S, gate: Gate): S {
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    (...args: unknown[]) => gate(name, () => (method as (...args: unknown[]) => Promise<unknown>)(...args)),
  ]);
  return Object.fromEntries(methods) as S;
}
