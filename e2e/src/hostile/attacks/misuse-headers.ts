import { randomUUID } from "node:crypto";
import { createQuote } from "@tradepost/contracts/order";
import { ADDRESS, checkOut, pickVariant, putIntoCart } from "../../purchase.ts";
import { newVisitor, type Visitor } from "../../visitor.ts";
import { type Battlefield, EXPOSED, shotAt } from "../battlefield.ts";
import { newAttacker } from "../victim.ts";
import { needsToken } from "./impersonate.ts";

const isRefusal = (status: number) => status >= 400 && status < 500;

/** What names a device and was given to none. */
const DEVICES: Record<string, string>[] = [
  ...[{ cookie: `device=${"d".repeat(257)}` }, { cookie: `device=${"d".repeat(4_000)}` }, { cookie: "device=" }],
  ...[{ cookie: "device=4111111111111111" }, { cookie: "device=%00" }, { cookie: "device=%0d%0aset-cookie:x" }],
  ...[{ cookie: "device=%C3%28" }, { cookie: "device=%C3%A9" }, { "x-device-key": "d".repeat(4_000) }],
  ...[{ "x-device-key": "4111 1111 1111 1111" }, { "x-device-key": "\u00e9" }, { "x-device-key": "null" }],
];

/** Device keys that nobody was given, at every service: whatever a session makes of them, no failure (S4, S7). */
export async function inventDeviceKeys({ range, stack }: Battlefield): Promise<void> {
  const { headers } = await newAttacker(stack.url);
  const signedIn = EXPOSED.filter(({ route }) => route.method === "GET" && route.access !== "public");
  for (const named of new Map(signedIn.map((each) => [each.service, each])).values())
    for (const device of DEVICES)
      for (const to of ["gateway", named.service] as const)
        await range.shoot(shotAt(named, "device keys", { headers: { ...headers, ...device }, to }));
}

/** Methods that no contract has, and a contract's own named by a header beside another one: refused. */
export async function overrideMethods({ range, attacker }: Battlefield): Promise<void> {
  const taken = new Set(EXPOSED.filter(({ route }) => route.method === "POST").map(({ route }) => route.path));
  for (const named of EXPOSED.filter(({ route }) => needsToken(route) && !taken.has(route.path))) {
    const { path } = shotAt(named, "methods");
    const shot = { family: "methods", path, allowed: isRefusal };
    for (const to of ["gateway", named.service] as const) {
      for (const method of ["TRACE", "PROPFIND", "HEAD", "LINK"])
        await range.shoot({ ...shot, method, headers: attacker().headers, to });
      for (const name of ["x-http-method-override", "x-http-method", "x-method-override"]) {
        const headers = { ...attacker().headers, [name]: named.route.method, "content-type": "application/json" };
        await range.shoot({ ...shot, method: "POST", headers, body: "{}", to });
      }
    }
  }
}

/** The key of somebody else's order, with the same body: it means nothing to anybody but them (S8, S12). */
export async function borrowKeys({ range, stack }: Battlefield): Promise<void> {
  const [owner, thief] = [newVisitor(stack.url), newVisitor(stack.url)];
  const { variant } = await pickVariant(owner, 8, 12);
  for (const shopper of [owner, thief]) await putIntoCart(shopper, variant.sku, 1);
  const key = randomUUID();
  const placed = await checkOut(owner, { email: "owner@example.com", key });
  const quote = await thief.call(createQuote, { query: {}, body: { shippingAddress: ADDRESS } });
  const body = JSON.stringify({
    ...{ email: "owner@example.com", shippingAddress: ADDRESS, shippingOptionId: quote.shippingOptionId },
    expectedTotal: quote.total,
  });
  for (const cookie of [cookiesOf(thief), "cart=; session="]) {
    const headers = { cookie, origin: stack.url, "content-type": "application/json", "idempotency-key": key };
    const answer = await range.shoot({ family: "borrowed keys", method: "POST", path: "/v1/orders", headers, body });
    for (const secret of [placed.order.id, placed.orderToken, placed.payment.clientSecret])
      if (secret === undefined || answer.body.includes(secret))
        range.find("borrowed keys", `somebody else's order: ${answer.status} ${answer.body}`);
  }
}

const cookiesOf = ({ cookies }: Visitor): string => [...cookies].map((pair) => pair.join("=")).join("; ");
