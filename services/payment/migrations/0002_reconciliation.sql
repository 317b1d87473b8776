ALTER TABLE payments
  -- What came in, in minor units of the currency.
  ADD COLUMN captured_cents bigint NOT NULL DEFAULT 0 CHECK (captured_cents >= 0),
  -- Which attempt at making the intent this is. A failure of Stripe's own stays under its idempotency key for a day, so
  -- another attempt needs another key; its number is noted here before it is used.
  ADD COLUMN intent_attempt int NOT NULL DEFAULT 1;
UPDATE payments SET captured_cents = amount_cents WHERE status = 'captured';
CREATE INDEX payments_by_change ON payments (changed_at, order_id);
CREATE INDEX payments_by_age ON payments (created_at);

-- A refund that did not reach the shopper counts in no sum. Its row stays, so that a late success is not believed.
ALTER TABLE refunds
  ADD COLUMN failed_at timestamptz,
  ADD COLUMN failure text;

-- Each refund that was ever asked of Stripe, written before it is asked: whoever finds a row looks there first.
CREATE TABLE refund_attempts (
  refund_id  uuid PRIMARY KEY,
  order_id   uuid NOT NULL REFERENCES payments (order_id),
  attempt    int NOT NULL DEFAULT 1,
  -- Stripe refused it for good, and that was told.
  refused_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX refund_attempts_by_age ON refund_attempts (created_at);

CREATE TABLE disputes (
  id           text PRIMARY KEY,
  order_id     uuid NOT NULL REFERENCES payments (order_id),
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  status       text NOT NULL,
  reason       text NOT NULL,
  opened_at    timestamptz NOT NULL,
  told_at      timestamptz NOT NULL
);
CREATE INDEX disputes_of_order ON disputes (order_id);

CREATE INDEX webhook_events_by_age ON webhook_events (received_at);
CREATE INDEX ended_orders_by_age ON ended_orders (ended_at);

-- Whose turn it is to do what one replica at a time does, and what the last turn found.
CREATE TABLE turns (
  name          text PRIMARY KEY,
  claimed_until timestamptz NOT NULL,
  covered_until timestamptz,
  succeeded_at  timestamptz,
  report        jsonb
);
