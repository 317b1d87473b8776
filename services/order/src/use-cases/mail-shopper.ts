import type { MailProvider } from "@tradepost/mail/mail-provider";
import { isAnonymous } from "../domain/anonymity.ts";
import { orderTokenOf } from "../domain/caller.ts";
import type { Order } from "../domain/order.ts";
import { type MailTemplate, orderMail } from "../mail/order-mail.ts";
import { findOrder } from "../storage/order-repository.ts";
import { type DeliverOnceDeps, deliverOnce } from "./deliver-once.ts";

export interface MailShopperDeps extends DeliverOnceDeps {
  mailProvider: MailProvider;
  storefrontUrl: string;
  orderTokenKey: string;
}

/** Writes to the shopper of an order, once per event and template; to nobody once the shopper was erased. */
export const mailShopper =
  (deps: MailShopperDeps) =>
  async (event: { id: string; orderId: string }, mail: MailTemplate): Promise<void> => {
    const order = await findOrder(deps.sql, event.orderId);
    if (!order) throw new Error(`order ${event.orderId} is missing`);
    if (isAnonymous(order)) return;
    const { template } = mail;
    const reference = `${event.id}:${template}`;
    await deliverOnce(deps)(
      { eventId: event.id, template, recipient: order.email, orderId: order.id },
      {
        send: () => deps.mailProvider.send(order.email, orderMail(order, mail, orderUrl(deps, order)), reference),
        wasAccepted: () => deps.mailProvider.wasAccepted(reference),
      },
    );
  };

/** A guest's link carries the order's token in the fragment, which browsers send to no server. */
const orderUrl = ({ storefrontUrl, orderTokenKey }: MailShopperDeps, order: Order): string =>
  `${storefrontUrl}/orders/${order.id}${order.userId === null ? `#token=${orderTokenOf(order.id, orderTokenKey)}` : ""}`;
