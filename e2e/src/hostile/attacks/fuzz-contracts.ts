import { isExposed } from "@tradepost/contracts/route";
import fc from "fast-check";
import { type Sample, sampleOf } from "../../contract-samples.ts";
import { type Battlefield, type NamedRoute, pathOf, ROUTES, WORDS } from "../battlefield.ts";
import { hostileKey, hostileValue, leavesOf, replaceAt, toJson, withKey } from "../hostile-values.ts";
import type { Shot } from "../range.ts";
import { newAttacker } from "../victim.ts";

const BATCH = 10;
/** The same requests in each run, so that what is new in a finding is the shop; other ones with FC_SEED. */
const SEED = Number(process.env.FC_SEED ?? 20_261_124);

interface Change {
  part: "params" | "query" | "body";
  kind: "replace" | "add" | "whole";
  place: number;
  key: string;
  value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  part: fc.constantFrom("params", "query", "body", "body"),
  kind: fc.constantFrom("replace", "replace", "replace", "add", "whole"),
  place: fc.nat(100),
  key: hostileKey,
  value: hostileValue,
});

interface Plan {
  target: NamedRoute;
  changes: Change[];
  who: "guest" | "attacker";
}

/** Routes that may cost an attacker the account or its sessions; that one is then replaced. */
const FATAL = new Set(["signOut", "endAllSessions", "deleteMe"]);

/**
 * Every route with one to three places of what its contract accepts replaced or added to by something hostile: operators,
 * SQL, prototypes, depth, extremes, unknown and privileged fields. Straight at the services, so that no limit and no
 * gateway stands before their own checks. Shrinks to the smallest request that was answered wrongly.
 */
export async function fuzzContracts({ range, attacker, stack }: Battlefield, requests: number): Promise<void> {
  const samples = new Map(ROUTES.map((named) => [named, sampleOf(named.route, WORDS)]));
  const plan: fc.Arbitrary<Plan> = fc.record({
    target: fc.constantFrom(...ROUTES),
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    who: fc.constantFrom("guest", "attacker", "attacker", "attacker"),
  });
  let doomed = await newAttacker(stack.url);
  const shoot = async (each: Plan): Promise<boolean> => {
    const isFatal = FATAL.has(each.target.name);
    const { headers } = isFatal ? doomed : attacker();
    const { status, wrongs } = await range.shoot(toShot(each, samples.get(each.target) as Sample, headers));
    if (isFatal && status === 204) doomed = await newAttacker(stack.url);
    return wrongs.length === 0;
  };
  const result = await fc.check(
    fc.asyncProperty(fc.array(plan, { minLength: BATCH, maxLength: BATCH }), async (plans) =>
      (await Promise.all(plans.map(shoot))).every(Boolean),
    ),
    { numRuns: Math.ceil(requests / BATCH), seed: SEED },
  );
  if (result.failed)
    range.find("fuzz", `seed ${result.seed}, path ${result.counterexamplePath}: ${result.errorInstance}`);
}

function toShot({ target, changes, who }: Plan, sample: Sample, own: Record<string, string>): Shot {
  const { route, service } = target;
  const { params, query, body } = changes.reduce(applyChange, sample);
  const hasBody = route.method !== "GET";
  return {
    ...{ family: "fuzz", method: route.method, path: pathOf(route, { params, query }), to: service },
    body: hasBody ? toJson(body) : undefined,
    headers: {
      ...(hasBody ? { "content-type": "application/json" } : {}),
      ...(who === "attacker" ? own : {}),
      ...(route.idempotent ? { "idempotency-key": `fuzz-${Math.random()}` } : {}),
    },
    // Past the gateway, but without a service's token, what is between services stays shut.
    allowed: (status) => isExposed(route) || (status >= 400 && status < 500),
  };
}

function applyChange(sample: Sample, { part, kind, place, key, value }: Change): Sample {
  const old = sample[part] ?? {};
  if (kind === "whole" && part === "body") return { ...sample, body: value };
  if (kind === "add") return { ...sample, [part]: withKey(Array.isArray(old) ? {} : Object(old), key, value) };
  const leaves = leavesOf(old);
  return { ...sample, [part]: Object(replaceAt(old, leaves[place % leaves.length] ?? [], value)) };
}
