import type { RouteContract } from "@tradepost/contracts/route";
import { signOut } from "@tradepost/contracts/user";
import { waitFor } from "@tradepost/testing/wait-for";
import { type Battlefield, bearer, EXPOSED, shotAt } from "../battlefield.ts";
import { forgedTokens } from "../forged-tokens.ts";
import { newAttacker, signInAgain } from "../victim.ts";

export const needsToken = ({ access }: RouteContract): boolean =>
  access === "shopper" || (typeof access === "object" && "staff" in access);
const isUnauthorised = (status: number) => status === 401;
/** The gateway counts what is rightly signed, whoever it is for, before a service refuses it. */
const isTurnedAway = (status: number) => status === 401 || status === 429;

/** Forged, expired, foreign and algorithm-less tokens on every route that reads one, at the gateway and past it (S3). */
export async function forgeTokens({ range, stack, secrets }: Battlefield): Promise<void> {
  const { token: genuine } = await newAttacker(stack.url);
  const tokens = Object.values(forgedTokens(genuine, secrets));
  for (const named of EXPOSED.filter(({ route }) => needsToken(route) || route.access === "visitor")) {
    await Promise.all(
      tokens.flatMap((token) =>
        (["gateway", named.service] as const).map((to) =>
          range.shoot(shotAt(named, "forged tokens", { headers: bearer(token), to, allowed: isTurnedAway })),
        ),
      ),
    );
  }
}

/** A stolen cookie in another browser, and one whose session is over (S4). Resolves once both have been tried. */
export async function replayCookies({ range, stack, victim }: Battlefield): Promise<void> {
  const routes = EXPOSED.filter(({ route }) => needsToken(route) && route.method === "GET");
  const [me] = routes.filter(({ route }) => route.path === "/v1/users/me");
  if (!me) throw new Error("nobody can ask who they are");
  const stolen = await signInAgain(stack.url, victim.account);
  const cookie = `session=${stolen.cookies.get("session")}; device=${"y".repeat(43)}`;
  await range.shoot(shotAt(me, "replayed cookies", { headers: { cookie }, allowed: isUnauthorised }));
  if ((await stolen.fetch("/v1/users/me")).status !== 401) range.find("replayed cookies", "a stolen session lives on");

  const over = await signInAgain(stack.url, victim.account);
  const kept = [...over.cookies].map((pair) => pair.join("=")).join("; ");
  await over.call(signOut, {});
  for (const named of routes) {
    for (const to of ["gateway", named.service] as const) {
      const shot = shotAt(named, "replayed cookies", { headers: { cookie: kept }, to });
      // Each service may believe an ended session for half a second more.
      const isRefused = async () => (await range.shoot(shot)).status === 401;
      await waitFor(isRefused, { timeoutMs: 30_000, what: `${named.name} to refuse an ended session` });
    }
  }
}

/** Writes with the victim's own cookies from pages of other sites (S5): refused, whatever the browser says of itself. */
export async function writeAcrossSites({ range, victim }: Battlefield): Promise<void> {
  const cookie = [...victim.visitor.cookies].map((pair) => pair.join("=")).join("; ");
  const origins: Record<string, string>[] = [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    ...[{ origin: "null" }, { origin: "https://localhost.evil.example" }, { referer: "https://evil.example/" }],
    { "sec-fetch-site": "cross-site", "content-type": "text/plain" },
    { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" },
  ];
  const isForbidden = (status: number) => status >= 400 && status < 500;
  for (const named of EXPOSED.filter(({ route }) => needsToken(route) && route.method !== "GET")) {
    for (const headers of origins) {
      const shot = shotAt(named, "cross-site writes", { headers: { cookie, ...headers }, allowed: isForbidden });
      await range.shoot({ ...shot, to: named.service });
    }
  }
}
