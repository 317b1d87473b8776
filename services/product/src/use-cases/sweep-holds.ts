import type { StockLine } from "@tradepost/contracts/product";
import type { OrderStanding } from "../clients/order-client.ts";
import { WITHOUT_HOLDS } from "../domain/reservation.ts";
import { type ForgetDeps, forgetMovements } from "./forget-movements.ts";

/** How many orders one turn asks about. */
const MAX_ASKED = 500;
/** After so many failures in a row the rest waits for the next turn. */
const MAX_FAILURES = 3;

export interface SweepDeps extends ForgetDeps {
  releaseHold: (orderId: string, lines: readonly StockLine[]) => Promise<void>;
  askOrderStanding: (orderId: string) => Promise<OrderStanding>;
  /** How long after a hold's end the order service is asked about it. */
  graceMs: number;
  /** How long after a hold's end an order that its service does not know counts as over. */
  unknownOrderGraceMs: number;
  onFailure: (orderId: string, error: unknown) => void;
}

interface ExpiredHold {
  orderId: string;
  until: Date;
}

/**
 * Releases expired holds of orders that are over. Time alone releases nothing: while the order service does not say
 * that the order is over, its units stay held. Each turn asks on from where the last one stopped, so that orders that
 * stay open, or that get no answer, keep none behind them waiting. Safe in every replica at once.
 */
export const sweepHolds = (deps: SweepDeps) => {
  const forget = forgetMovements(deps);
  let lastAsked = "";
  return async (): Promise<{ released: number; kept: number }> => {
    const { stock, graceMs, now = Date.now } = deps;
    const expired = await stock.ordersHoldingSince(new Date(now() - graceMs));
    const undecided = await dropStrays(deps, expired);
    const next = undecided.findIndex(({ orderId }) => orderId > lastAsked);
    const inTurn = next === -1 ? undecided : [...undecided.slice(next), ...undecided.slice(0, next)];
    const asked = await askAndRelease(deps, inTurn.slice(0, MAX_ASKED));
    lastAsked = asked.last ?? lastAsked;
    await forget();
    const released = expired.length - undecided.length + asked.released;
    return { released, kept: expired.length - released };
  };
};

/** Gives back what was held too late, or whose undoing was cut short: nobody need be asked. Returns the others. */
async function dropStrays({ stock, reservations }: SweepDeps, expired: ExpiredHold[]): Promise<ExpiredHold[]> {
  if (expired.length === 0) return [];
  const orderIds = expired.map(({ orderId }) => orderId);
  const strays = new Set((await reservations.inStates(orderIds, WITHOUT_HOLDS)).map(({ orderId }) => orderId));
  for (const orderId of strays) await stock.dropHolds(orderId);
  return expired.filter(({ orderId }) => !strays.has(orderId));
}

async function askAndRelease(deps: SweepDeps, holds: readonly ExpiredHold[]) {
  let released = 0;
  let failures = 0;
  let last: string | undefined;
  for (const hold of holds) {
    const isReleased = await releaseIfOver(deps, hold);
    last = hold.orderId;
    if (isReleased) released += 1;
    failures = isReleased === undefined ? failures + 1 : 0;
    if (failures === MAX_FAILURES) break;
  }
  return { released, last };
}

/** Undefined when the order service did not answer, or the stock could not be written. */
async function releaseIfOver(deps: SweepDeps, hold: ExpiredHold): Promise<boolean | undefined> {
  try {
    const isOver = await askIsOver(deps, hold);
    if (isOver) await deps.releaseHold(hold.orderId, []);
    return isOver;
  } catch (error) {
    deps.onFailure(hold.orderId, error);
    return undefined;
  }
}

async function askIsOver(deps: SweepDeps, { orderId, until }: ExpiredHold): Promise<boolean> {
  const { now = Date.now, askOrderStanding, unknownOrderGraceMs } = deps;
  const standing = await askOrderStanding(orderId);
  if (standing === "unknown") return now() - until.getTime() > unknownOrderGraceMs;
  return standing === "over";
}
