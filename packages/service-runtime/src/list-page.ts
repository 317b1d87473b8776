import { z } from "zod";
import { invalidRequest } from "./app-error.ts";

/** How a list writes the place of a page's last row as a cursor, which is opaque to callers, and reads it back. */
export interface CursorFormat<Position> {
  write: (position: Position) => string;
  /** Undefined for a text that is not such a cursor. */
  read: (text: string) => Position | undefined;
}

/** For lists in the order of their UUIDs. */
export const idCursor: CursorFormat<{ id: string }> = {
  write: ({ id }) => Buffer.from(id).toString("base64url"),
  read: (text) => {
    const { data: id } = z.uuid().safeParse(Buffer.from(text, "base64url").toString());
    return id === undefined ? undefined : { id };
  },
};

/** A place in a list of what there is of orders, by its last change. */
export interface ChangePosition {
  /** Since 1970, exact as PostgreSQL keeps it: many changes may share a millisecond. */
  changedAtMicros: number;
  orderId: string;
}

const CHANGE = /^(\d{1,17})\.(.{36})$/;

/** For lists in the order of their last changes, and of order ids among changes of one moment. */
export const changeCursor: CursorFormat<ChangePosition> = {
  write: ({ changedAtMicros, orderId }) => `${changedAtMicros}.${orderId}`,
  read: (text) => {
    const [, micros, id] = CHANGE.exec(text) ?? [];
    const { data: orderId } = z.uuid().safeParse(id);
    return orderId === undefined ? undefined : { changedAtMicros: Number(micros), orderId };
  },
};

/**
 * A page of a list and the cursor of the next one, null on the last. `find` reads what comes after a place, from the
 * beginning where that is null; it is asked for one row more than the page holds, to see whether that is all. Throws 400
 * `request.invalid` for a cursor that the format does not read.
 */
export async function readPage<Position, Row extends Position>(
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  format: CursorFormat<Position>,
  find: (range: { after: Position | null; limit: number }) => Promise<readonly Row[]>,
): Promise<{ items: Row[]; nextCursor: string | null }> {
  const rows = await find({ after: readCursor(format, cursor), limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? format.write(last) : null };
}

function readCursor<Position>(format: CursorFormat<Position>, cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const position = format.read(cursor);
  if (position !== undefined) return position;
  throw invalidRequest([{ path: "querystring.cursor", message: "is not a cursor of this list" }]);
}
