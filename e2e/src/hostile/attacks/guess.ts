import { randomUUID } from "node:crypto";
import { type Battlefield, EXPOSED } from "../battlefield.ts";
import { newAttacker } from "../victim.ts";

const ROUNDS = 15;
const isAnswered = (status: number) => status === 401 || status === 429;

/**
 * How long sign-in takes for an address that has an account and for one that has none, in turn, in ms (S2): the shortest
 * of each, since what else a busy machine does only adds to what the work takes.
 */
export async function timeSignIns(
  field: Battlefield,
): Promise<{ known: number; unknown: number; answers: Set<string> }> {
  const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
  const answers = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    // An account of its own each time, so that no limit of an account is met.
    const { email } = await newAttacker(field.stack.url);
    for (const [kind, name] of [["known", email] as const, ["unknown", `no.${randomUUID()}@example.com`] as const]) {
      const startedAtMs = performance.now();
      const hit = await signIn(field, name, "enumeration");
      times[kind].push(performance.now() - startedAtMs);
      answers.add(`${hit.status} ${hit.body.replace(/"requestId":"[^"]*"/, "")}`);
    }
  }
  return { known: Math.min(...times.known), unknown: Math.min(...times.unknown), answers };
}

/** Sixty wrong passwords for the victim, each from an address of its own: most are refused without being looked at (S6). */
export async function bruteForce(field: Battlefield): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  for (let index = 0; index < 60; index++) {
    const { status } = await signIn(field, field.victim.account.email, "brute force");
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  return statuses;
}

function signIn({ range, stack }: Battlefield, email: string, family: string) {
  const path = EXPOSED.find(({ name }) => name === "signIn")?.route.path ?? "";
  return range.shoot({
    ...{ family, method: "POST", path, allowed: isAnswered },
    headers: { "content-type": "application/json", origin: stack.url },
    body: JSON.stringify({ email, password: `wrong ${randomUUID()}` }),
  });
}
