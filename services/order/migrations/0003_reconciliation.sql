CREATE INDEX orders_by_change ON orders (changed_at, id);
CREATE INDEX order_history_confirmed ON order_history (at) WHERE status = 'confirmed';

-- When the payment service was last asked again for a refund of which nothing was heard.
ALTER TABLE refunds ADD COLUMN repeated_at timestamptz;
CREATE INDEX refunds_unsettled ON refunds (requested_at) WHERE refunded_at IS NULL AND failed_at IS NULL;

-- Whose turn it is to do what one replica at a time does, and what the last turn found.
CREATE TABLE turns (
  name          text PRIMARY KEY,
  claimed_until timestamptz NOT NULL,
  covered_until timestamptz,
  succeeded_at  timestamptz,
  report        jsonb
);
