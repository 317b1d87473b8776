-- One payment per order. The client secret lets whoever holds it pay, so it is stored encrypted.
CREATE TABLE payments (
  order_id       uuid PRIMARY KEY,
  order_number   text NOT NULL,
  intent_id      text UNIQUE,
  client_secret  bytea,
  secret_key_id  text,
  amount_cents   bigint NOT NULL CHECK (amount_cents > 0),
  currency       text NOT NULL,
  status         text NOT NULL CHECK (status IN ('awaiting', 'captured', 'cancelled')),
  refunded_cents bigint NOT NULL DEFAULT 0 CHECK (refunded_cents >= 0),
  last_error     text,
  created_at     timestamptz NOT NULL DEFAULT now(),
  changed_at     timestamptz NOT NULL DEFAULT now(),
  CHECK ((client_secret IS NULL) = (secret_key_id IS NULL))
);

-- An order that ended before it had a payment: none may be made for it any more.
CREATE TABLE ended_orders (
  order_id uuid PRIMARY KEY,
  ended_at timestamptz NOT NULL DEFAULT now()
);

-- Stripe delivers at least once and in any order: each event counts once.
CREATE TABLE webhook_events (
  id          text PRIMARY KEY,
  type        text NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE refunds (
  provider_refund_id text PRIMARY KEY,
  order_id           uuid NOT NULL REFERENCES payments (order_id),
  refund_id          uuid,
  amount_cents       bigint NOT NULL CHECK (amount_cents > 0),
  refunded_at        timestamptz NOT NULL
);
CREATE INDEX refunds_of_order ON refunds (order_id);
