import { Crash, type CrashPoint } from "./crashing-stock.ts";

/** Waits until it is the process's turn, then makes the call; throws Crash from where the process dies. */
type Gate = <T>(name: string, call: () => Promise<T>) => Promise<T>;

/**
 * Processes that share stores and take turns at each single call to them, as the test says: nothing runs between two
 * turns, so a process can be left standing before any write for as long as the others like.
 */
export function createInterleaving() {
  const waiting = new Map<number, { name: string; resume: () => void }>();
  let processes = 0;
  let quiet = Promise.withResolvers<void>();

  const gateOf = (process: number, crash: CrashPoint | undefined): Gate => {
    let calls = 0;
    return async (name, call) => {
      const number = calls++;
      if (crash && number > crash.call) throw new Crash();
      const turn = Promise.withResolvers<void>();
      waiting.set(process, { name, resume: turn.resolve });
      quiet.resolve();
      await turn.promise;
      if (crash?.call !== number) return call();
      if (crash.isAfterWrite) await call();
      throw new Crash();
    };
  };

  return {
    /** Runs `work` up to its first call. What it returns settles when the process ends. */
    async start(
      crash: CrashPoint | undefined,
      work: (gate: Gate) => Promise<void>,
    ): Promise<{ ending: Promise<void> }> {
      quiet = Promise.withResolvers();
      const ending = work(gateOf(processes++, crash)).finally(() => quiet.resolve());
      ending.catch(() => {});
      await quiet.promise;
      return { ending };
    },

    /** The call that each process under way stands before, the oldest process first. */
    nextCalls: (): string[] => [...waiting].sort(([a], [b]) => a - b).map(([, { name }]) => name),

    /** One of the processes under way makes its call and goes on to the next one. False: none is under way. */
    async step(pick: number): Promise<boolean> {
      const process = [...waiting.keys()].sort((a, b) => a - b)[pick % waiting.size];
      if (process === undefined) return false;
      const { resume } = waiting.get(process)!;
      waiting.delete(process);
      quiet = Promise.withResolvers();
      resume();
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
