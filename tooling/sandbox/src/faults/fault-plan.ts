import { newId } from "../stripe/ids.ts";
import { type Fault, type FaultRequest, FaultSpec } from "./fault.ts";

/** What a fault is matched against: an HTTP request, or an event about to be delivered. */
export type Occasion = { method: string; path: string } | { event: string };

export type FaultPlan = {
  /** Throws a ZodError for what is not a fault. */
  add(request: FaultRequest): Fault;
  list(): Fault[];
  remove(id: string): boolean;
  clear(): void;
  /** The first fault that applies, counted as a hit; nothing when all goes well. */
  pick(target: Fault["target"], occasion: Occasion): Fault | undefined;
};

/** The faults in force, in the order in which they were added. They live in memory only: a restart heals. */
export function openFaultPlan(): FaultPlan {
  let faults: { fault: Fault; dice: () => number }[] = [];
  return {
    add: (request) => {
      const spec = FaultSpec.parse(request);
      const fault = { ...spec, id: newId("fault"), hits: 0 };
      faults.push({ fault, dice: seededDice(spec.seed) });
      return fault;
    },
    list: () => faults.map(({ fault }) => fault),
    remove: (id) => {
      const before = faults.length;
      faults = faults.filter(({ fault }) => fault.id !== id);
      return faults.length < before;
    },
    clear: () => {
      faults = [];
    },
    pick: (target, occasion) => {
      const chosen = faults.find(
        ({ fault, dice }) =>
          fault.target === target &&
          fault.hits < (fault.times ?? Number.POSITIVE_INFINITY) &&
          matches(fault.match, occasion) &&
          dice() < fault.probability,
      );
      if (!chosen) return undefined;
      chosen.fault.hits += 1;
      return chosen.fault;
    },
  };
}

function matches({ method, path, event }: FaultSpec["match"], occasion: Occasion): boolean {
  if ("event" in occasion) return event === undefined || new RegExp(event).test(occasion.event);
  return (
    (method === undefined || method.toUpperCase() === occasion.method) &&
    (path === undefined || new RegExp(path).test(occasion.path))
  );
}

/** Mulberry32: small, and the same numbers for the same seed everywhere. */
function seededDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
