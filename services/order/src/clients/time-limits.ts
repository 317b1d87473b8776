/**
 * How long the steps of placing an order may take, one after the other, each with its retries. Together with the time a
 * repeat waits for the first answer they stay below what the gateway gives a request, and what of them comes after the
 * order was stored stays below STUCK_AFTER_SECONDS. The table in docs/purchase-flow.md shows how they nest.
 */
export const placingLimitsMs = {
  findEmail: 2_000,
  resolveCart: 2_000,
  lookUpVariants: 3_000,
  holdStock: 4_000,
  /** Longer than the payment service's own calls to Stripe. */
  createPayment: 12_000,
};

/** For what nobody waits at: reads by the sweeper and the reconciler. */
export const readLimitMs = 3_000;
