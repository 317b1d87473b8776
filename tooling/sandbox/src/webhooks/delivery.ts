/** One event on its way to one endpoint. */
export type Delivery = {
  id: string;
  event: string;
  eventType: string;
  endpoint: string;
  /** `refused` is a forged one that was not taken, as it should be. */
  status: "pending" | "delivered" | "failed" | "lost" | "refused";
  attempts: { at: string; status: number | null; error?: string }[];
  /** When the next attempt is due; milliseconds since 1970. */
  dueAtMs: number;
  /** A reordered delivery waits until a later event has reached the endpoint, or until it is due. */
  held?: true;
  /** Not Stripe's: it tells of an event with an id of its own, signed with a secret that is not the endpoint's. */
  forged?: true;
};

export type WebhookFault = { kind: "lose" | "duplicate" | "reorder" | "late" | "forge"; ms: number; n: number };

/** Says what shall go wrong with the next event of this type, and counts it as used. */
export type WebhookFaults = (eventType: string) => WebhookFault | undefined;
