import type { PlannedLine, Reservation, ReservationState } from "../domain/reservation.ts";
import { type Collections, isDuplicateKey, type PendingEvent, type ReservationDocument } from "./mongo.ts";

export type ReservationStore = ReturnType<typeof createReservationStore>;

type Outcome = Partial<Pick<Reservation, "shortages">>;

/** One document per order, changed only from one state to the next; whoever makes a move first has made it for all. */
export function createReservationStore({ reservations }: Pick<Collections, "reservations">) {
  const find = async (orderId: string): Promise<Reservation | null> => {
    const document = await reservations.findOne({ _id: orderId });
    return document && toReservation(document);
  };

  return {
    find,

    /** Inserts it in its first state, or finds the one that is there. */
    async begin(
      orderId: string,
      state: ReservationState,
      lines: PlannedLine[],
      until: Date | null,
    ): Promise<Reservation> {
      const document = {
        _id: orderId,
        state,
        lines,
        until,
        shortages: [],
        pendingEvents: [],
        relay: { leasedUntil: new Date(0), failures: 0 },
        updatedAt: new Date(),
      };
      try {
        await reservations.insertOne(document);
        return toReservation(document);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const existing = await find(orderId);
      if (!existing) throw new Error("a reservation vanished");
      return existing;
    },

    /** Null when it is in none of the states `from` any more. An event given with it is stored in the same write. */
    async move(
      orderId: string,
      from: readonly ReservationState[],
      to: ReservationState,
      outcome: Outcome = {},
      event?: PendingEvent,
    ): Promise<Reservation | null> {
      const document = await reservations.findOneAndUpdate(
        { _id: orderId, state: { $in: [...from] } },
        {
          $set: { state: to, ...outcome },
          $currentDate: { updatedAt: true },
          ...(event ? { $push: { pendingEvents: event } } : {}),
        },
        { returnDocument: "after" },
      );
      return document && toReservation(document);
    },

    /** Which of the orders' reservations are in one of the states. */
    async inStates(orderIds: readonly string[], states: readonly ReservationState[]): Promise<string[]> {
      const documents = await reservations
        .find({ _id: { $in: [...orderIds] }, state: { $in: [...states] } }, { projection: { _id: 1 } })
        .toArray();
      return documents.map(({ _id }) => _id);
    },
  };
}

const toReservation = ({ _id, state, lines, until, shortages }: ReservationDocument): Reservation => ({
  orderId: _id,
  state,
  lines,
  until,
  shortages,
});
