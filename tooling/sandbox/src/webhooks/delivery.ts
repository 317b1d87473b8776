/** One event on its way to one endpoint. */
export type Delivery = {
  id: string;
  event: string;
  eventType: string;
  endpoint: string;
  status: "pending" | "delivered" | "failed" | "lost";
  attempts: { at: string; status: number | null; error?: string }[];
  /** When the next attempt is due; milliseconds since 1970. */
  dueAtMs: number;
  /** A reordered delivery waits until a later event has reached the endpoint, or until it is due. */
  held?: true;
};

export type WebhookFault = { kind: "lose" | "duplicate" | "reorder" | "late"; ms: number; n: number };

/** Says what shall go wrong with the next event of this type, and counts it as used. */
export type WebhookFaults = (eventType: string) => WebhookFault | undefined;
