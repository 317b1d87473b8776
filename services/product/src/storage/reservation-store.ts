import { type PlannedLine, type Reservation, type ReservationState, UNDECIDED } from "../domain/reservation.ts";
import { type Collections, isDuplicateKey, type PendingEvent, type ReservationDocument } from "./mongo.ts";

export type ReservationStore = ReturnType<typeof createReservationStore>;

type Outcome = Partial<Pick<Reservation, "shortages">>;

/** One document per order, changed only from one state to the next; whoever makes a move first has made it for all. */
export function createReservationStore({ reservations }: Pick<Collections, "reservations">) {
  const find = async (orderId: string): Promise<Reservation | null> => {
    const document = await reservations.findOne({ _id: orderId });
    return document && toReservation(document);
  };

  /** As `find`, where it is known to be there: none is ever deleted. */
  const get = async (orderId: string): Promise<Reservation> => {
    const reservation = await find(orderId);
    if (!reservation) throw new Error("a reservation vanished");
    return reservation;
  };

  /** Inserts it in its first state, or finds the one that is there. */
  const begin = async (
    orderId: string,
    state: ReservationState,
    lines: PlannedLine[],
    until: Date | null,
  ): Promise<Reservation> => {
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
    return get(orderId);
  };

  /** Null when it is in none of the states `from` any more. An event given with it is stored in the same write. */
  const move = async (
    orderId: string,
    from: readonly ReservationState[],
    to: ReservationState,
    outcome: Outcome = {},
    event?: PendingEvent,
  ): Promise<Reservation | null> => {
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
  };

  return {
    find,
    get,
    begin,
    move,

    /** Ends what is undecided, or begins it at its end where the order has none yet; what was decided before stays. */
    async decide(
      orderId: string,
      state: "selling" | "releasing",
      planLines: () => Promise<PlannedLine[]> | PlannedLine[],
    ): Promise<Reservation> {
      const decideNow = () => move(orderId, UNDECIDED, state, { shortages: [] });
      const decided = await decideNow();
      if (decided) return decided;
      const begun = await begin(orderId, state, await planLines(), null);
      return (await decideNow()) ?? begun;
    },

    async findAll(orderIds: readonly string[]): Promise<Map<string, Reservation>> {
      const documents = await reservations.find({ _id: { $in: [...orderIds] } }).toArray();
      return new Map(documents.map((document) => [document._id, toReservation(document)]));
    },

    /** Whether the event was stored with a sold reservation: not while others of it wait there. */
    async addEvent(orderId: string, event: PendingEvent): Promise<boolean> {
      const { matchedCount } = await reservations.updateOne(
        { _id: orderId, state: "sold", pendingEvents: { $size: 0 } },
        { $push: { pendingEvents: event } },
      );
      return matchedCount === 1;
    },

    /** Those of the orders' reservations that are in one of the states. */
    async inStates(orderIds: readonly string[], states: readonly ReservationState[]): Promise<Reservation[]> {
      const documents = await reservations.find({ _id: { $in: [...orderIds] }, state: { $in: [...states] } }).toArray();
      return documents.map(toReservation);
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
