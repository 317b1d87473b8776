import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dripBodies, sendBrokenBodies, smuggleRequests, twistPaths } from "../src/hostile/attacks/break-the-wire.ts";
import { forgeWebhooks, readDamage, tamperWithPrices } from "../src/hostile/attacks/cheat-the-shop.ts";
import { fuzzContracts } from "../src/hostile/attacks/fuzz-contracts.ts";
import { bruteForce, timeSignIns } from "../src/hostile/attacks/guess.ts";
import { forgeTokens, replayCookies, writeAcrossSites } from "../src/hostile/attacks/impersonate.ts";
import { borrowKeys, inventDeviceKeys, overrideMethods } from "../src/hostile/attacks/misuse-headers.ts";
import { assignPrivileges, sendCards, tryForeignIds } from "../src/hostile/attacks/take-from-others.ts";
import { type Battlefield, openBattlefield } from "../src/hostile/battlefield.ts";

/**
 * A hostile internet, generated from the contracts: every answer is looked at for failures of ours, for the inside, for
 * the victim's data, and for a problem that says what happened; afterwards nothing of the victim's may have changed.
 */
let field: Battlefield;
let stateBefore: unknown;
let damageBefore: Record<string, number>;

beforeAll(async () => {
  field = await openBattlefield();
  await delaysSinceLastAsked();
  stateBefore = await field.victim.state();
  damageBefore = await readDamage(field);
});
afterAll(async () => {
  printCounts();
  field.range.close();
  await field.stop();
});

/** Of each service, the 99th percentile of its event loop's delay since it was last asked, in milliseconds. */
async function delaysSinceLastAsked(): Promise<Record<string, number>> {
  const replicas = Object.values(field.stack.services).flatMap((service) => service.replicas);
  const entries = replicas.map(async ({ name, operationsPort }) => {
    const text = await (await fetch(`http://127.0.0.1:${operationsPort}/metrics`)).text();
    const seconds = /^nodejs_eventloop_lag_p99_seconds\S* (\S+)$/m.exec(text)?.[1];
    return [name, Number(seconds) * 1_000] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const requestsOf = (statuses: Map<number | string, number>) =>
  [...statuses.values()].reduce((sum, each) => sum + each, 0);
const allRequests = () => [...field.range.counts().values()].reduce((sum, each) => sum + requestsOf(each), 0);

function printCounts(): void {
  for (const [family, statuses] of field.range.counts()) {
    const list = [...statuses].sort().map(([status, times]) => `${times} × ${status}`);
    console.log(`${family}: ${requestsOf(statuses)} requests (${list.join(", ")})`);
  }
  console.log(`${allRequests()} hostile requests`);
}

describe("the shop withstands", () => {
  it("the victim's ids on every route that takes one, as others and as guests", async () => {
    const { routes, invented } = await tryForeignIds(field);
    if (invented.length > 0) console.log(`the victim has no ${invented.join(", ")}; random ones were tried`);
    for (const name of ["getOrder", "getOrderPayment", "cancelOrder", "endSession", "replaceAddress", "removeAddress"])
      expect(routes).toContain(name);
    expect(field.range.findings("foreign ids")).toEqual([]);
  });
  it("fields that nobody may set", async () => {
    await assignPrivileges(field);
    expect(field.range.findings("mass assignment")).toEqual([]);
  });
  it("card numbers in any field", async () => {
    await sendCards(field);
    expect(field.range.findings("card numbers")).toEqual([]);
  });
  it("forged, expired, foreign and algorithm-less tokens", async () => {
    await forgeTokens(field);
    expect(field.range.findings("forged tokens")).toEqual([]);
  });
  it("cookies in another browser and after signing out", async () => {
    await replayCookies(field);
    expect(field.range.findings("replayed cookies")).toEqual([]);
  });
  it("writes from pages of other sites", async () => {
    await writeAcrossSites(field);
    expect(field.range.findings("cross-site writes")).toEqual([]);
  });
  it("device keys that nobody was given", async () => {
    await inventDeviceKeys(field);
    expect(field.range.findings("device keys")).toEqual([]);
  });
  it("methods that no contract has, and a contract's own beside another one", async () => {
    await overrideMethods(field);
    expect(field.range.findings("methods")).toEqual([]);
  });
  it("the key of somebody else's order", async () => {
    await borrowKeys(field);
    expect(field.range.findings("borrowed keys")).toEqual([]);
  });
  it("prices, totals and quantities of the client's own", async () => {
    await tamperWithPrices(field);
    expect(field.range.findings("tampering")).toEqual([]);
  });
  it("webhooks that Stripe has not signed", async () => {
    await forgeWebhooks(field);
    expect(field.range.findings("forged webhooks")).toEqual([]);
  });
  it("bodies too large, too deep, broken, compressed or in other encodings", async () => {
    await sendBrokenBodies(field);
    expect(field.range.findings("broken bodies")).toEqual([]);
  });
  it("paths that mean something else to another reader", async () => {
    await twistPaths(field);
    expect(field.range.findings("path tricks")).toEqual([]);
  });
  it("requests hidden in requests", async () => {
    await smuggleRequests(field);
    expect(field.range.findings("smuggling")).toEqual([]);
  });
  it("clients that send a byte now and then", async () => {
    await dripBodies(field);
    expect(field.range.findings("slow bodies")).toEqual([]);
    expect(field.range.findings("beside slow bodies")).toEqual([]);
  });
  it("whatever else can be put where something is wanted", async () => {
    await fuzzContracts(field, 8_000);
    // The last ones are the smallest that failed.
    expect(field.range.findings("fuzz").slice(-6)).toEqual([]);
    const statuses = field.range.counts().get("fuzz");
    for (const status of [200, 400, 401]) expect(statuses?.get(status), `${status}`).toBeGreaterThan(500);
  }, 600_000);
  it("guesses at who has an account: the same answer in much the same time", async () => {
    const { known, unknown, answers } = await timeSignIns(field);
    expect([...answers]).toHaveLength(1);
    expect(unknown).toBeGreaterThan(known / 3);
    expect(known).toBeGreaterThan(unknown / 3);
  });
  it("guesses at a password from sixty addresses", async () => {
    const statuses = await bruteForce(field);
    expect(statuses.get(429)).toBeGreaterThanOrEqual(30);
    expect(field.range.findings("brute force")).toEqual([]);
  });
});

describe("afterwards", () => {
  it("ten thousand requests have changed nothing of the victim's, and made nobody staff and nothing cheaper", async () => {
    expect(allRequests()).toBeGreaterThanOrEqual(10_000);
    expect(await field.victim.state()).toEqual(stateBefore);
    expect(await readDamage(field)).toEqual(damageBefore);
  });
  it("no event loop was held up: its delay stayed below 200 ms for 99 of 100 turns", async () => {
    const delays = await delaysSinceLastAsked();
    console.log("event loop delay, 99th percentile in ms:", delays);
    expect(Object.keys(delays)).toHaveLength(5);
    for (const [name, delayMs] of Object.entries(delays)) expect(delayMs, name).toBeLessThan(200);
  });
});
