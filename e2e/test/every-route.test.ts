import { randomUUID } from "node:crypto";
import { CallFailed } from "@tradepost/api-client/call-error";
import { createClient } from "@tradepost/api-client/client";
import { withServiceToken } from "@tradepost/api-client/service-token";
import { cartRoutes } from "@tradepost/contracts/cart";
import { routesByService } from "@tradepost/contracts/catalog";
import { orderRoutes } from "@tradepost/contracts/order";
import { paymentRoutes } from "@tradepost/contracts/payment";
import { privacyRoutes } from "@tradepost/contracts/privacy";
import { productRoutes } from "@tradepost/contracts/product";
import { type CallerName, isExposed, type ServiceName } from "@tradepost/contracts/route";
import { staffRoutes } from "@tradepost/contracts/staff";
import { userRoutes } from "@tradepost/contracts/user";
import { FactorChallenge, factorRoutes } from "@tradepost/contracts/user-factors";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { newAuthenticator } from "@tradepost/testing/authenticator";
import { signInAtProvider } from "@tradepost/testing/openid-server";
import { waitFor } from "@tradepost/testing/wait-for";
import Stripe from "stripe";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { ADDRESS, awaitStatus, checkOut, type Pick, pickVariant, putIntoCart, readCart } from "../src/purchase.ts";
import { awaitMessage, confirmPayment } from "../src/sandbox.ts";
import { newStaff, newSupporter, useAuthenticatorApp } from "../src/supporter.ts";
import { newVisitor, type Visitor } from "../src/visitor.ts";

/**
 * Every route of every contract, called for real: exposed ones through the gateway, the others at their service as the
 * neighbour that may. The typed client parses each answer by its contract. A contract without a call does not compile.
 */
const { url, sandboxUrl, databaseUrls, serviceUrls, internalTokenKey } = inject("shop");

const as = (caller: CallerName, service: ServiceName) => {
  const tokens = createServiceTokens({ name: caller, key: internalTokenKey });
  return createClient(withServiceToken({ baseUrl: serviceUrls[service] }, tokens));
};
const EUR = (amount: number) => ({ amount, currency: "EUR" as const });

let shopper: Visitor;
let supporter: Visitor;
let admin: Visitor;
let pick: Pick;
let email: string;
let userId: string;
let sessionId: string;
beforeAll(async () => {
  shopper = newVisitor(url);
  supporter = await newSupporter(url, databaseUrls.user);
  admin = await newStaff(url, databaseUrls.user, ["admin"]);
  pick = await pickVariant(shopper, 5, 14);
  email = `every.${randomUUID()}@example.com`;
  const { user } = await shopper.call(userRoutes.registerUser, {
    body: { email, password: "correct horse battery", name: "Every" },
  });
  userId = user.id;
  const { items } = await shopper.call(userRoutes.listSessions, {});
  sessionId = items[0]!.id;
});

const NOBODY = `nobody.${randomUUID()}@example.com`;
/** The token of the link in a mail. */
async function mailedToken(to: string, subject: RegExp): Promise<string> {
  const { text } = await awaitMessage(sandboxUrl, to, subject);
  return /#token=([\w-]+)/.exec(text)?.[1] ?? "";
}
/** A shopper of its own, for calls that end sessions or change passwords, and those that want a password shown lately. */
async function otherShopper() {
  const visitor = newVisitor(url);
  const account = { email: `other.${randomUUID()}@example.com`, password: "correct horse battery" };
  await visitor.call(userRoutes.registerUser, { body: { ...account, name: "Other" } });
  return { visitor, account };
}
async function addAddress(): Promise<string> {
  return (await shopper.call(userRoutes.addAddress, { body: { address: ADDRESS } })).id;
}
async function placeOrder() {
  await putIntoCart(shopper, pick.variant.sku, 1);
  return checkOut(shopper);
}
async function payOrder() {
  const placed = await placeOrder();
  await confirmPayment(sandboxUrl, placed.payment, "pm_card_visa");
  const order = await awaitStatus(shopper, placed, "confirmed");
  // What was bought leaves the cart a moment later, and must not take along what the next order puts in.
  await waitFor(async () => (await readCart(shopper)).lines.length === 0, {
    ...{ timeoutMs: 90_000, intervalMs: 500, what: "the cart to be empty" },
  });
  return order;
}
async function shipOrder() {
  const { id } = await payOrder();
  return supporter.call(orderRoutes.shipOrder, {
    params: { orderId: id },
    body: { carrier: "dhl", trackingNumber: "JJD1" },
    idempotencyKey: randomUUID(),
  });
}
/** A time in which something has changed, whole or as far as a reconciliation looks. */
const lastHour = () => ({ since: new Date(Date.now() - 3_600_000).toISOString(), until: new Date().toISOString() });
const dryRun = () => ({ dryRun: true, ...lastHour() });
const newOrderId = () => randomUUID();

type Calls<R> = { [Name in keyof R]: () => Promise<unknown> };

const product: Calls<typeof productRoutes> = {
  listCategories: () => shopper.call(productRoutes.listCategories, {}),
  listProducts: () => shopper.call(productRoutes.listProducts, { query: { q: "mug", sort: "price_asc" } }),
  getProduct: () => shopper.call(productRoutes.getProduct, { params: { slug: pick.slug }, query: { currency: "GBP" } }),
  suggest: () => shopper.call(productRoutes.suggest, { query: { q: "lam" } }),
  lookUpVariants: () =>
    as("cart", "product")(productRoutes.lookUpVariants, {
      body: { skus: [pick.variant.sku], currency: "EUR", locale: "de" },
    }),
  holdStock: async () => {
    const { order } = await placeOrder();
    const until = new Date(Date.now() + 60_000).toISOString();
    const lines = [{ sku: pick.variant.sku, quantity: 1 }];
    return as("order", "product")(productRoutes.holdStock, { params: { orderId: order.id }, body: { lines, until } });
  },
  reconcileStock: () => as("operations", "product")(productRoutes.reconcileStock, { body: dryRun() }),
};

const user: Calls<typeof userRoutes> = {
  registerUser: async () => (await otherShopper()).account,
  signIn: async () => {
    const { account } = await otherShopper();
    return newVisitor(url).call(userRoutes.signIn, { body: account });
  },
  verifyEmail: async () =>
    shopper.call(userRoutes.verifyEmail, { body: { token: await mailedToken(email, /Confirm your e-mail/) } }),
  resendVerification: async () => (await otherShopper()).visitor.call(userRoutes.resendVerification, {}),
  requestPasswordReset: () => newVisitor(url).call(userRoutes.requestPasswordReset, { body: { email: NOBODY } }),
  resetPassword: async () => {
    const { account } = await otherShopper();
    await newVisitor(url).call(userRoutes.requestPasswordReset, { body: { email: account.email } });
    const body = { token: await mailedToken(account.email, /Set a new password/), password: "another horse battery" };
    return newVisitor(url).call(userRoutes.resetPassword, { body });
  },
  changeEmail: async () => (await otherShopper()).visitor.call(userRoutes.changeEmail, { body: { email: NOBODY } }),
  deleteMe: async () => (await otherShopper()).visitor.call(userRoutes.deleteMe, {}),
  getSecurity: () => shopper.call(userRoutes.getSecurity, {}),
  updateSecurity: async () =>
    (await otherShopper()).visitor.call(userRoutes.updateSecurity, { body: { pinNetwork: false } }),
  signOut: async () => (await otherShopper()).visitor.call(userRoutes.signOut, {}),
  listSessions: () => shopper.call(userRoutes.listSessions, {}),
  endSession: async () => {
    const { visitor } = await otherShopper();
    const { items } = await visitor.call(userRoutes.listSessions, {});
    return visitor.call(userRoutes.endSession, { params: { sessionId: items[0]!.id } });
  },
  endAllSessions: async () => (await otherShopper()).visitor.call(userRoutes.endAllSessions, {}),
  getMe: () => shopper.call(userRoutes.getMe, {}),
  updateMe: () => shopper.call(userRoutes.updateMe, { body: { name: "Every One" } }),
  changePassword: async () => {
    const { visitor, account } = await otherShopper();
    const body = { currentPassword: account.password, newPassword: "another horse battery" };
    return visitor.call(userRoutes.changePassword, { body });
  },
  listAddresses: () => shopper.call(userRoutes.listAddresses, {}),
  addAddress,
  replaceAddress: async () =>
    shopper.call(userRoutes.replaceAddress, {
      params: { addressId: await addAddress() },
      body: { address: { ...ADDRESS, city: "Potsdam" } },
    }),
  removeAddress: async () => shopper.call(userRoutes.removeAddress, { params: { addressId: await addAddress() } }),
  getPreferences: () => shopper.call(userRoutes.getPreferences, {}),
  updatePreferences: () => shopper.call(userRoutes.updatePreferences, { body: { sms: true } }),
  getJwks: () => shopper.call(userRoutes.getJwks, {}),
  checkSession: () => as("cart", "user")(userRoutes.checkSession, { body: { sessionId } }),
  getContact: () => as("order", "user")(userRoutes.getContact, { params: { userId } }),
};

/** Somebody who has just signed in and uses an authenticator app. */
async function withApp() {
  const { visitor, account } = await otherShopper();
  return { visitor, account, app: await useAuthenticatorApp(visitor) };
}
/** Somebody with a passkey, and the device that has it. */
async function withPasskey() {
  const { visitor } = await otherShopper();
  const device = newAuthenticator(url);
  const { options } = await visitor.call(factorRoutes.startPasskeyRegistration, {});
  const { passkey } = await visitor.call(factorRoutes.addPasskey, {
    body: { name: "Phone", passkey: device.create(options) },
  });
  return { visitor, device, params: { passkeyId: passkey.id } };
}
/** A browser that comes back from the provider. */
async function backFromProvider(visitor: Visitor) {
  const leaving = await visitor.call(factorRoutes.startProviderSignIn, { params: { providerId: "acme" } });
  const back = await signInAtProvider(leaving.url, `acme.${randomUUID()}@example.com`);
  const [code, state, iss] = ["code", "state", "iss"].map((name) => back.searchParams.get(name) ?? "");
  return { code: code!, state: state!, iss: iss! };
}
async function linked() {
  const { visitor } = await otherShopper();
  await visitor.call(factorRoutes.linkProvider, { body: { ...(await backFromProvider(visitor)), providerId: "acme" } });
  return visitor;
}

const factors: Calls<typeof factorRoutes> = {
  completeSignIn: async () => {
    const { account, app } = await withApp();
    const browser = newVisitor(url);
    const refusal = await browser.call(userRoutes.signIn, { body: account }).catch((error: unknown) => error);
    const { challengeId } = FactorChallenge.parse(refusal instanceof CallFailed ? refusal.problem : refusal);
    // The code that set the app up is used; the next one is good early.
    const totp = app.generate({ timestamp: Date.now() + 30_000 });
    return browser.call(factorRoutes.completeSignIn, { body: { challengeId, totp } });
  },
  startPasskeySignIn: () => newVisitor(url).call(factorRoutes.startPasskeySignIn, {}),
  signInWithPasskey: async () => {
    const { device } = await withPasskey();
    const browser = newVisitor(url);
    const { challengeId, options } = await browser.call(factorRoutes.startPasskeySignIn, {});
    return browser.call(factorRoutes.signInWithPasskey, { body: { challengeId, passkey: device.get(options) } });
  },
  startStepUpPasskey: async () =>
    (await withPasskey()).visitor.call(factorRoutes.startStepUpPasskey, { body: { alone: true } }),
  stepUp: () => shopper.call(factorRoutes.stepUp, { body: { password: "correct horse battery" } }),
  listFactors: () => shopper.call(factorRoutes.listFactors, {}),
  setUpTotp: async () => (await otherShopper()).visitor.call(factorRoutes.setUpTotp, {}),
  confirmTotp: withApp,
  removeTotp: async () => (await withApp()).visitor.call(factorRoutes.removeTotp, {}),
  renewRecoveryCodes: async () => (await withApp()).visitor.call(factorRoutes.renewRecoveryCodes, {}),
  startPasskeyRegistration: async () => (await otherShopper()).visitor.call(factorRoutes.startPasskeyRegistration, {}),
  addPasskey: withPasskey,
  renamePasskey: async () => {
    const { visitor, params } = await withPasskey();
    return visitor.call(factorRoutes.renamePasskey, { params, body: { name: "Old phone" } });
  },
  removePasskey: async () => {
    const { visitor, params } = await withPasskey();
    return visitor.call(factorRoutes.removePasskey, { params });
  },
  listSignInProviders: () => shopper.call(factorRoutes.listSignInProviders, {}),
  startProviderSignIn: () => backFromProvider(newVisitor(url)),
  signInWithProvider: async () => {
    const visitor = newVisitor(url);
    const body = await backFromProvider(visitor);
    return visitor.call(factorRoutes.signInWithProvider, { params: { providerId: "acme" }, body });
  },
  linkProvider: linked,
  unlinkProvider: async () => (await linked()).call(factorRoutes.unlinkProvider, { params: { providerId: "acme" } }),
};

const privacy: Calls<typeof privacyRoutes> = {
  exportMe: async () => (await otherShopper()).visitor.call(privacyRoutes.exportMe, {}),
};

const staff: Calls<typeof staffRoutes> = {
  listUsers: () => admin.call(staffRoutes.listUsers, { query: { email } }),
  setRoles: async () => {
    const { user } = await newStaff(url, databaseUrls.user, []);
    return admin.call(staffRoutes.setRoles, { params: { userId: user.id }, body: { roles: ["auditor"] } });
  },
  listAudit: () => admin.call(staffRoutes.listAudit, { query: { subject: `user:${userId}` } }),
};

const cart: Calls<typeof cartRoutes> = {
  exportCart: () => as("user", "cart")(cartRoutes.exportCart, { params: { userId } }),
  getCart: () => shopper.call(cartRoutes.getCart, { query: {} }),
  clearCart: () => shopper.call(cartRoutes.clearCart, {}),
  setCartLine: () => putIntoCart(shopper, pick.variant.sku, 1),
  removeCartLine: () => shopper.call(cartRoutes.removeCartLine, { params: { sku: pick.variant.sku }, query: {} }),
  resolveCart: async () => {
    await putIntoCart(shopper, pick.variant.sku, 1);
    return as("order", "cart")(cartRoutes.resolveCart, { body: { userId } });
  },
};

const order: Calls<typeof orderRoutes> = {
  exportOrders: () => as("user", "order")(orderRoutes.exportOrders, { params: { userId }, query: {} }),
  createQuote: async () => {
    await putIntoCart(shopper, pick.variant.sku, 1);
    return shopper.call(orderRoutes.createQuote, { query: {}, body: { promotionCodes: ["WELCOME10"] } });
  },
  placeOrder,
  listOrders: () => shopper.call(orderRoutes.listOrders, { query: { limit: 2 } }),
  getOrder: async () => shopper.call(orderRoutes.getOrder, { params: { orderId: (await placeOrder()).order.id } }),
  getOrderPayment: async () =>
    shopper.call(orderRoutes.getOrderPayment, { params: { orderId: (await placeOrder()).order.id } }),
  cancelOrder: async () =>
    shopper.call(orderRoutes.cancelOrder, {
      params: { orderId: (await placeOrder()).order.id },
      idempotencyKey: randomUUID(),
    }),
  getStaffOrder: async () =>
    supporter.call(orderRoutes.getStaffOrder, { params: { orderId: (await placeOrder()).order.id } }),
  shipOrder,
  recordDelivery: async () =>
    supporter.call(orderRoutes.recordDelivery, {
      params: { orderId: (await shipOrder()).id },
      idempotencyKey: randomUUID(),
    }),
  refundOrder: async () =>
    supporter.call(orderRoutes.refundOrder, {
      params: { orderId: (await payOrder()).id },
      body: { amount: EUR(100), reason: "A scratch" },
      idempotencyKey: randomUUID(),
    }),
  getOrderState: async () =>
    as("product", "order")(orderRoutes.getOrderState, { params: { orderId: (await placeOrder()).order.id } }),
  listOrderStates: () => as("product", "order")(orderRoutes.listOrderStates, { query: lastHour() }),
  reconcileOrders: () => as("operations", "order")(orderRoutes.reconcileOrders, { body: dryRun() }),
};

const payment: Calls<typeof paymentRoutes> = {
  createPayment: () =>
    as("order", "payment")(paymentRoutes.createPayment, {
      params: { orderId: newOrderId() },
      body: { orderNumber: "7K2M-X9QD", amount: EUR(1_000) },
    }),
  getPayment: async () =>
    as("order", "payment")(paymentRoutes.getPayment, { params: { orderId: (await placeOrder()).order.id } }),
  listPayments: () => as("order", "payment")(paymentRoutes.listPayments, { query: lastHour() }),
  reconcilePayments: () => as("operations", "payment")(paymentRoutes.reconcilePayments, { body: dryRun() }),
  stripeWebhook: async () => {
    // Signed by nobody the shop knows: that it is refused shows that the route is there and reads the signature.
    const payload = JSON.stringify({ id: "evt_1", object: "event", type: "charge.succeeded", data: {} });
    const signature = new Stripe("sk_test_x").webhooks.generateTestHeaderString({ payload, secret: "whsec_other" });
    const headers = { "content-type": "application/json", "stripe-signature": signature };
    const response = await shopper.fetch("/v1/webhooks/stripe", { method: "POST", body: payload, headers });
    expect(await response.json()).toMatchObject({ status: 400, code: "webhook.signature" });
  },
};

const calls = { product, user: { ...user, ...factors, ...privacy, ...staff }, cart, order, payment };
const routes = Object.entries(routesByService).flatMap(([service, contracts]) =>
  Object.entries(contracts).map(([name, route]) => ({ service: service as ServiceName, name, route })),
);

describe("every route", () => {
  it.each(routes)("$service $name answers as its contract says", async ({ service, name }) => {
    await (calls[service] as Record<string, () => Promise<unknown>>)[name]!();
  });

  it.each(routes.filter(({ route }) => !isExposed(route)))(
    "$service $name is not to be had outside",
    async ({ route }) => {
      const path = route.path.replace(/:\w+/g, randomUUID());
      const response = await newVisitor(url).fetch(path, { method: route.method });
      expect(response.status).toBe(404);
    },
  );
});
