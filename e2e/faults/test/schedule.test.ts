import { expect, it } from "vitest";
import { seededRandom } from "../src/random.ts";
import { allScenarios, findScenarios } from "../src/scenarios/all-scenarios.ts";
import { scheduleOf } from "../src/scenarios/random-schedule.ts";

const namesOf = (seed: string, purchases = 600) =>
  scheduleOf(seededRandom(seed), purchases).map(({ injection, after }) => `${after} ${injection.name}`);

it("a seed makes the same schedule each time, another seed another one", () => {
  expect(namesOf("a")).toEqual(namesOf("a"));
  expect(namesOf("a")).not.toEqual(namesOf("b"));
  expect(namesOf("a")).toHaveLength(50);
});

it("no store is stopped while it may still be down from the time before", () => {
  const stops = Array.from({ length: 50 }, (_, seed) =>
    scheduleOf(seededRandom(seed), 300).filter(({ injection }) => / (stopped|killed) for /.test(injection.name)),
  );
  expect(stops.flat().length).toBeGreaterThan(50);
  for (const times of stops.map((each) => each.map(({ after }) => after)))
    for (const [index, after] of times.slice(1).entries()) expect(after - times[index]!).toBeGreaterThanOrEqual(0.15);
});

it("dice are even, and forks of them fall the same however often others are thrown", () => {
  const random = seededRandom("even");
  const throws = Array.from({ length: 6_000 }, () => random.int(1, 6));
  for (let side = 1; side <= 6; side++) {
    expect(throws.filter((each) => each === side).length).toBeGreaterThan(900);
    expect(throws.filter((each) => each === side).length).toBeLessThan(1_100);
  }
  const early = seededRandom("fork").fork("x").next();
  const later = seededRandom("fork");
  later.next();
  expect(later.fork("x").next()).toBe(early);
});

it("every scenario has a name of its own, and patterns find them", () => {
  const names = allScenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(findScenarios(["last-units"]).map(({ name }) => name)).toEqual(["last-units"]);
  expect(findScenarios(["kill-*-in-webhook", "stripe-500"])).toHaveLength(2);
  expect(findScenarios(["nothing"])).toEqual([]);
});
