import { randomUUID } from "node:crypto";
import { getCart } from "@tradepost/contracts/cart";
import { getOrder, listOrders } from "@tradepost/contracts/order";
import {
  addAddress,
  getMe,
  getPreferences,
  listAddresses,
  listSessions,
  registerUser,
  signIn,
} from "@tradepost/contracts/user";
import type { Canaries } from "../canaries/canaries.ts";
import { checkOut, pickVariant, putIntoCart } from "../purchase.ts";
import { newVisitor, type Visitor } from "../visitor.ts";
import { strangersAddress } from "./range.ts";

export interface Victim {
  visitor: Visitor;
  account: { email: string; password: string };
  token: string;
  /** The victim's own ids, by the name that contracts give them. */
  ids: Record<string, string>;
  /** All that the victim can see of their own; what attacks must not change. */
  state: () => Promise<unknown>;
}

/** A shopper with everything one can have, all of it made of canaries. */
export async function newVictim(url: string, canaries: Canaries): Promise<Victim> {
  const visitor = newVisitor(url);
  const account = { email: canaries.email, password: canaries.password };
  const { user, token } = await visitor.call(registerUser, { body: { ...account, name: canaries.name } });
  const address = {
    ...{ name: canaries.name, line1: canaries.text, city: canaries.mark, postalCode: "10119" },
    ...({ country: "DE", phone: canaries.phone } as const),
  };
  const saved = await visitor.call(addAddress, { body: { address, isDefault: true } });
  const { variant } = await pickVariant(visitor, 8, 6);
  await putIntoCart(visitor, variant.sku, 1);
  const placed = await checkOut(visitor);
  canaries.issued.add(placed.payment.clientSecret);
  await putIntoCart(visitor, variant.sku, 2);
  const { items: sessions } = await visitor.call(listSessions, {});
  return {
    ...{ visitor, account, token },
    ids: {
      orderId: placed.order.id,
      addressId: saved.id,
      sessionId: sessions[0]?.id ?? "",
      userId: user.id,
      paymentId: placed.payment.id,
    },
    state: async () => ({
      me: await visitor.call(getMe, {}),
      addresses: await visitor.call(listAddresses, {}),
      preferences: await visitor.call(getPreferences, {}),
      cart: (await visitor.call(getCart, { query: {} })).lines.map(({ sku, quantity, unitPrice }) => ({
        sku,
        quantity,
        unitPrice,
      })),
      orders: await visitor.call(listOrders, { query: { limit: 50 } }),
      order: await visitor.call(getOrder, { params: { orderId: placed.order.id } }),
      sessions: (await visitor.call(listSessions, {})).items.map(({ id, startedAt }) => ({ id, startedAt })),
    }),
  };
}

export interface Attacker {
  token: string;
  email: string;
  /** Who they are and where they come from, always the same: an account may pin its sessions to a network. */
  headers: Record<string, string>;
}

/** Somebody with an account of their own and no right to anything else, who uses the API as an app does. */
export async function newAttacker(url: string): Promise<Attacker> {
  const email = `attacker.${randomUUID()}@example.com`;
  const body = { email, password: "attacking horse battery", name: "Attacker" };
  const { token } = await newVisitor(url).call(registerUser, { body });
  return { token, email, headers: { authorization: `Bearer ${token}`, "x-forwarded-for": strangersAddress() } };
}

/** One more session of an account, in a browser of its own: browsers say where a request comes from, and are bound to it. */
export async function signInAgain(url: string, account: { email: string; password: string }): Promise<Visitor> {
  const visitor = newVisitor(url);
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const { method, path } = signIn;
  const { status } = await visitor.fetch(path, { method, headers, body: JSON.stringify(account) });
  if (status !== signIn.success.status) throw new Error(`signing in again: ${status}`);
  return visitor;
}
