import { orderTokenOf } from "../domain/caller.ts";
import type { Order } from "../domain/order.ts";
import { type Mail, type MailTemplate, orderMail } from "../mail/order-mail.ts";
import { findOrder } from "../storage/order-repository.ts";
import { type DeliverOnceDeps, deliverOnce } from "./deliver-once.ts";

/** A mail provider. `reference` is ours, kept with the message so that it can be asked for. */
export interface MailProvider {
  /** Throws NotAccepted or RecipientRefused; any other error leaves open whether the mail was taken. */
  send: (to: string, mail: Mail, reference: string) => Promise<void>;
  /** Whether a message with this reference was accepted. */
  wasAccepted: (reference: string) => Promise<boolean>;
}

export interface MailShopperDeps extends DeliverOnceDeps {
  mailProvider: MailProvider;
  storefrontUrl: string;
  orderTokenKey: string;
}

/** Writes to the shopper of an order, once per event and template. */
export const mailShopper =
  (deps: MailShopperDeps) =>
  async (event: { id: string; orderId: string }, mail: MailTemplate): Promise<void> => {
    const order = await findOrder(deps.sql, event.orderId);
    if (!order) throw new Error(`order ${event.orderId} is missing`);
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
