import type { Sql } from "@tradepost/postgres/sql";
import { orderTokenOf } from "../domain/caller.ts";
import type { Order } from "../domain/order.ts";
import { type Mail, type MailTemplate, orderMail } from "../mail/order-mail.ts";
import {
  abandonNotification,
  beginNotification,
  finishNotification,
  type Notification,
} from "../storage/notification-ledger.ts";
import { findOrder } from "../storage/order-repository.ts";

/** A mail provider. `reference` is ours, kept with the message so that it can be asked for. */
export interface MailProvider {
  /** Throws MailRefused when the provider surely did not take the message; any other error leaves that open. */
  send: (to: string, mail: Mail, reference: string) => Promise<void>;
  /** Whether a message with this reference was accepted. */
  wasAccepted: (reference: string) => Promise<boolean>;
}

export class MailRefused extends Error {
  override readonly name = "MailRefused";
}

export interface NotifyShopperDeps {
  sql: Sql;
  mailProvider: MailProvider;
  storefrontUrl: string;
  orderTokenKey: string;
  now: () => Date;
}

/** Another attempt at the same message may still be under way, so the event waits. */
class MailUnsettled extends Error {
  override readonly name = "MailUnsettled";
  readonly unavailable = true;
}

/** Longer than an attempt can run, and time for the provider to list what it took. */
const SETTLED_AFTER_MS = 30_000;

/**
 * Writes to the shopper of an order once per event and template. The ledger is written before the mail is sent; after
 * a crash in between, the provider is asked before anything is sent again, once it must know. Throws MailUnsettled.
 */
export const notifyShopper =
  (deps: NotifyShopperDeps) =>
  async (event: { id: string; orderId: string }, template: MailTemplate): Promise<void> => {
    const { sql, mailProvider, now } = deps;
    const order = await findOrder(sql, event.orderId);
    if (!order) throw new Error(`order ${event.orderId} is missing`);
    const entry: Notification = {
      eventId: event.id,
      template: template.template,
      recipient: order.email,
      orderId: order.id,
    };
    const reference = `${entry.eventId}:${entry.template}`;
    const at = now();
    const unsettledSince = new Date(at.getTime() - SETTLED_AFTER_MS);
    const state = await beginNotification(sql, entry, { at, unsettledSince });
    if (state === "sent") return;
    if (state === "running") throw new MailUnsettled("an attempt at this message may still be running");
    if (state === "new" || !(await mailProvider.wasAccepted(reference)))
      await send(deps, entry, orderMail(order, template, orderUrl(deps, order)), reference);
    await finishNotification(sql, entry, now());
  };

async function send({ sql, mailProvider }: NotifyShopperDeps, entry: Notification, mail: Mail, reference: string) {
  try {
    await mailProvider.send(entry.recipient, mail, reference);
  } catch (error) {
    if (error instanceof MailRefused) await abandonNotification(sql, entry);
    throw error;
  }
}

/** A guest's link carries the order's token in the fragment, which browsers send to no server. */
const orderUrl = ({ storefrontUrl, orderTokenKey }: NotifyShopperDeps, order: Order): string =>
  `${storefrontUrl}/orders/${order.id}${order.userId === null ? `#token=${orderTokenOf(order.id, orderTokenKey)}` : ""}`;
