import { z } from "zod";

/** An RFC 9457 problem. `code` is stable and meant for programs; `title` and `detail` are meant for people. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
});
export type Problem = z.output<typeof Problem>;

/** Codes a client is expected to act on; any other is shown by its title. */
export const CLIENT_CODES = [
  "cart.empty",
  "cart.expired",
  "stock.insufficient",
  "quote.changed",
  "payment.declined",
  "promotion.unknown",
  "shipping.unavailable",
  "order.not_payable",
  "order.not_cancellable",
  "idempotency.mismatch",
  "idempotency.in_progress",
  "request.invalid",
  "credentials.invalid",
  "email.taken",
  "email.verified",
  "link.invalid",
  "password.breached",
  "token.missing",
  "token.invalid",
  "session.ended",
  "session.other_device",
  "session.other_network",
  "session.step_up_required",
  "session.unavailable",
  "factor.required",
  "factor.invalid",
  "factor.expired",
  "passkey.refused",
  "provider.unavailable",
  "provider.refused",
  "provider.email_unverified",
  "identity.taken",
  "rate.limited",
] as const;
export type ClientCode = (typeof CLIENT_CODES)[number];
