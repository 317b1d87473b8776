import { NotAccepted, RecipientRefused } from "@tradepost/mail/mail-provider";
import type { Sql } from "@tradepost/postgres/sql";
import {
  abandonNotification,
  beginNotification,
  failNotification,
  finishNotification,
  type Notification,
  renewAttempt,
} from "../storage/notification-ledger.ts";

/** Another attempt at the same message may still be under way, so the event waits. */
class Unsettled extends Error {
  override readonly name = "Unsettled";
  readonly unavailable = true;
  constructor() {
    super("an attempt at this message may still be running");
  }
}

export interface DeliverOnceDeps {
  sql: Sql;
  now: () => Date;
  /** A message that can never arrive is told here, instead of being tried for ever. */
  onUndeliverable: (message: Omit<Notification, "recipient"> & { reason: string }) => void;
}

/** How a channel sends a message, and how its provider is asked whether it took the message before. */
export interface Attempt {
  /** Throws NotAccepted or RecipientRefused; any other error leaves open whether the message was taken. */
  send: () => Promise<void>;
  wasAccepted: () => Promise<boolean>;
}

/** Longer than an attempt can run, and time for the provider to list what it took. */
const SETTLED_AFTER_MS = 30_000;

/**
 * Sends a message once per event, template and recipient. The ledger is written before the message is sent; after a
 * crash in between, the provider is asked before anything is sent again, once it must know. Throws Unsettled.
 */
export const deliverOnce =
  ({ sql, now, onUndeliverable }: DeliverOnceDeps) =>
  async (message: Notification, { send, wasAccepted }: Attempt): Promise<void> => {
    let startedAt = now();
    const unsettledSince = new Date(startedAt.getTime() - SETTLED_AFTER_MS);
    const state = await beginNotification(sql, message, { at: startedAt, unsettledSince });
    if (state === "settled") return;
    if (state === "running") throw new Unsettled();
    if (state === "unknown") {
      // A refusal to be asked says nothing about the message: its row stays.
      if (await wasAccepted()) return finishNotification(sql, message, now());
      // Asking may have taken so long that another attempt has taken over.
      const askedAt = now();
      if (!(await renewAttempt(sql, message, startedAt, askedAt))) throw new Unsettled();
      startedAt = askedAt;
    }
    try {
      await send();
    } catch (error) {
      if (error instanceof NotAccepted) await abandonNotification(sql, message, startedAt);
      if (!(error instanceof RecipientRefused)) throw error;
      const { recipient: _, ...told } = message;
      onUndeliverable({ ...told, reason: error.message });
      return failNotification(sql, message, error.message, now());
    }
    await finishNotification(sql, message, now());
  };
