import { z } from "zod";
import { AuditEntry } from "./audit.ts";
import { IsoTime } from "./ids.ts";
import { OrderRecord } from "./order.ts";
import { StockLine } from "./product.ts";
import { defineRoute } from "./route.ts";
import { Preferences, SavedAddress, Security, Session, User } from "./user.ts";
import { Factors } from "./user-factors.ts";

/** All that the shop keeps about one person (GDPR, Art. 15 and 20). */
export const PersonalData = z.object({
  exportedAt: IsoTime,
  account: User,
  emailVerifiedAt: IsoTime.nullable(),
  preferences: Preferences,
  security: Security,
  /** The ways into the account, without what would open it. */
  factors: Factors,
  addresses: z.array(SavedAddress),
  /** Where the account is signed in. */
  sessions: z.array(Session.omit({ current: true })),
  /** Since when it is used from devices, which are known by a hash alone. */
  devices: z.array(z.object({ since: IsoTime })),
  cart: z.array(StockLine),
  /** With their payments' amounts, refunds and the messages about them; the newest first. */
  orders: z.array(OrderRecord),
  /** What staff have done to the account and the orders; who of them did it is theirs. */
  staffActions: z.array(AuditEntry.pick({ at: true, route: true, subject: true, before: true, after: true })),
});
export type PersonalData = z.output<typeof PersonalData>;

export const exportMe = defineRoute({
  method: "GET",
  path: "/v1/users/me/export",
  summary: "All that is kept about the shopper, or nothing; needs a sign-in or step-up of the last five minutes",
  access: "shopper",
  success: { status: 200, body: PersonalData },
  failures: [],
});

export const privacyRoutes = { exportMe };
