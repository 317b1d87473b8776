import { expect, it } from "vitest";
import { addPrint, printOf, subtractPrint } from "../../src/search/fingerprint.ts";

const skus = Array.from({ length: 400 }, (_, number) => `SHELF-${number}-${number % 2 === 0 ? "OAK" : "WALNUT"}`);
const sumOf = (entries: readonly string[]): number => entries.map(printOf).reduce(addPrint, 0);

it("changes when one article is sold and another one comes back at once", () => {
  const same = skus.flatMap((sold, number) =>
    Array.from({ length: 40 }, (_, step) => {
      const returned = skus[(number + 1 + step * 9) % skus.length];
      const [left, there] = [1 + ((number * 13) % 80), (step * 7) % 90];
      const before = sumOf([`${sold} ${left}`, `${returned} ${there}`]);
      return sumOf([`${sold} ${left - 1}`, `${returned} ${there + 1}`]) === before;
    }),
  );
  expect(same.filter(Boolean)).toHaveLength(0);
});

it("tells apart the states that a fault run went through, of which two once had the same sum", () => {
  const deliveries: [sku: string, from: number, to: number][] = [
    ["HEA-ARCH-BOOKENDS-FOG", 66, 72],
    ["PAP-ARCHIVE-MAGAZINE-FILE-NAVY", 69, 72],
    ["EVE-BALLAST-TEE-SNOW-S", 71, 72],
    ["THI-ARC-RAINBOW-RUST", 70, 72],
    ["TRA-BASIN-WASH-BAG-NAVY", 3, 5],
  ];
  const sums = Array.from({ length: deliveries.length + 1 }, (_, done) =>
    sumOf(deliveries.map(([sku, from, to], index) => `${sku} ${index < done ? to : from}`)),
  );
  expect(new Set(sums).size).toBe(sums.length);
});

it("uses all its 48 bits: among 100 000 entries no two are alike, and halves of them are as good as random", () => {
  const prints = skus.flatMap((sku) => Array.from({ length: 250 }, (_, available) => printOf(`${sku} ${available}`)));
  expect(new Set(prints).size).toBe(prints.length);
  const highs = new Set(prints.map((print) => Math.floor(print / 2 ** 24)));
  const lows = new Set(prints.map((print) => print % 2 ** 24));
  // 100 000 balls in 2^24 boxes hit 99 703 of them; even an unlucky throw is not 100 away from that.
  for (const { size } of [highs, lows]) expect(Math.abs(size - 99_703)).toBeLessThan(100);
});

it("is the same in whatever order entries come, and without those that left", () => {
  const [a, b, c] = ["a 1", "b 2", "c 3"].map(printOf) as [number, number, number];
  expect(addPrint(addPrint(a, b), c)).toBe(addPrint(addPrint(c, a), b));
  expect(subtractPrint(addPrint(a, b), b)).toBe(a);
  expect(subtractPrint(addPrint(a, b), a)).toBe(b);
});
