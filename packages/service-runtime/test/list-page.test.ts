import { describe, expect, it } from "vitest";
import { type CursorFormat, changeCursor, idCursor, readPage } from "../src/list-page.ts";

const uuid = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const numbers = Array.from({ length: 7 }, (_, n) => n);

/** A list in order; like a query, it gives what comes after a place. */
const listOf =
  <Row>(rows: readonly Row[], isAfter: (row: Row, after: Row) => boolean) =>
  async ({ after, limit }: { after: Row | null; limit: number }) =>
    rows.filter((row) => after === null || isAfter(row, after)).slice(0, limit);

/** All pages of a list, one after the other. */
async function pagesOf<Row>(format: CursorFormat<Row>, find: ReturnType<typeof listOf<Row>>, limit: number) {
  const pages: Row[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: { items: Row[]; nextCursor: string | null } = await readPage({ cursor, limit }, format, find);
    pages.push(page.items);
    cursor = page.nextCursor ?? null;
  }
  return pages;
}

const byId = numbers.map((n) => ({ id: uuid(n) }));
// The first four changed at one moment.
const byChange = numbers.map((n) => ({
  changedAtMicros: 1_795_000_000_000_001 + Math.max(0, n - 3),
  orderId: uuid(n),
}));
const findById = listOf(byId, (row, after) => row.id > after.id);
const findByChange = listOf(
  byChange,
  (row, after) =>
    row.changedAtMicros > after.changedAtMicros ||
    (row.changedAtMicros === after.changedAtMicros && row.orderId > after.orderId),
);

describe("pages of a list", () => {
  it.each([1, 2, 3, 6, 7, 8])("of %d hold each row once, in order, and no page is empty", async (limit) => {
    for (const pages of [await pagesOf(idCursor, findById, limit), await pagesOf(changeCursor, findByChange, limit)])
      expect(pages.map(({ length }) => length)).toEqual([
        ...Array.from({ length: Math.floor(7 / limit) }, () => limit),
        ...(7 % limit === 0 ? [] : [7 % limit]),
      ]);
    expect((await pagesOf(idCursor, findById, limit)).flat()).toEqual(byId);
    expect((await pagesOf(changeCursor, findByChange, limit)).flat()).toEqual(byChange);
  });

  it("of an empty list are one, without a cursor", async () => {
    expect(await readPage({ limit: 2 }, idCursor, async () => [])).toEqual({ items: [], nextCursor: null });
  });

  it("go on from the cursors that were given out in November 2026", () => {
    expect(idCursor.read("MDE5YTAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx")).toEqual({ id: uuid(1) });
    expect(changeCursor.read(`1795000000000001.${uuid(1)}`)).toEqual({
      ...{ changedAtMicros: 1_795_000_000_000_001, orderId: uuid(1) },
    });
  });

  const unread = async () => expect.unreachable("the list was read");
  const ask = {
    id: (cursor: string) => readPage({ cursor, limit: 2 }, idCursor, unread),
    change: (cursor: string) => readPage({ cursor, limit: 2 }, changeCursor, unread),
  };
  it.each<[string, keyof typeof ask, string]>([
    ["an empty one", "id", ""],
    ["a text", "id", "x"],
    ["an id that is not encoded", "id", uuid(1)],
    ["the encoding of something else", "id", Buffer.from("'; --").toString("base64url")],
    ["another list's", "id", changeCursor.write({ changedAtMicros: 1, orderId: uuid(1) })],
    ["an empty one", "change", ""],
    ["a moment alone", "change", "1795000000000001"],
    ["a moment and no id", "change", `1795000000000001.${"-".repeat(36)}`],
    ["a moment that is none", "change", `-1.${uuid(1)}`],
    ["more than a cursor", "change", `1795000000000001.${uuid(1)} `],
    ["another list's", "change", idCursor.write({ id: uuid(1) })],
  ])("refuse %s for one of an %s, and read nothing", async (_, order, cursor) => {
    await expect(ask[order](cursor)).rejects.toMatchObject({
      ...{ status: 400, code: "request.invalid" },
      errors: [{ path: "querystring.cursor", message: "is not a cursor of this list" }],
    });
  });
});
