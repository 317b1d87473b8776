import { zInteger, zSecret, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";

const seconds = (fallback: number) => zInteger(1, 86_400).default(fallback);

/** The order service's settings; loadConfig reads them from the environment once, at start. */
export const Config = z.object({
  ...baseVariables,
  DATABASE_URL: zUrl("postgres", "postgresql"),
  RABBITMQ_URL: zUrl("amqp", "amqps"),
  CART_SERVICE_URL: zUrl(),
  PRODUCT_SERVICE_URL: zUrl(),
  PAYMENT_SERVICE_URL: zUrl(),
  /** Where links in mails lead. */
  STOREFRONT_URL: zUrl(),
  SENDGRID_URL: zUrl().default("https://api.sendgrid.com"),
  SENDGRID_API_KEY: zSecret(8),
  MAIL_FROM: z.email(),
  MAIL_FROM_NAME: z.string().min(1).default("Tradepost"),
  TWILIO_URL: zUrl().default("https://api.twilio.com"),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, "must be an account's id such as AC0123…"),
  TWILIO_AUTH_TOKEN: zSecret(8),
  /** Who text messages come from: a number such as +4915112345678, a name, or a messaging service's id (MG…). */
  SMS_FROM: z
    .string()
    .regex(/^(\+[1-9]\d{6,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[\w +&-]{1,11})$/, "must be a number, a name or an MG… id"),
  /** Makes the tokens by which guests see their orders; changing it makes links in old mails useless. */
  ORDER_TOKEN_KEY: zSecret(),
  /** How long an order waits for its payment. */
  PAY_WITHIN_SECONDS: seconds(900),
  SWEEP_EVERY_SECONDS: seconds(5),
  /** After how long an unfinished order is continued by the sweeper; longer than a request may take. */
  STUCK_AFTER_SECONDS: seconds(30),
  /** How often the payments are compared with the orders, by one replica at a time. */
  RECONCILE_EVERY_SECONDS: seconds(300),
  /** After how long without an answer a refund is asked for again; after four times as long a person is told. */
  REFUND_OVERDUE_SECONDS: seconds(900),
});
export type Config = z.output<typeof Config>;
