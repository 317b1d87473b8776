CREATE TABLE orders (
  id               uuid PRIMARY KEY,
  number           text NOT NULL UNIQUE,
  status           text NOT NULL CHECK (status IN ('placing', 'rejected', 'awaiting_payment', 'confirmed', 'fulfilling',
                     'shipped', 'delivered', 'cancelled', 'return_requested', 'returned')),
  user_id          uuid,
  cart_id          uuid NOT NULL,
  email            text NOT NULL,
  locale           text NOT NULL,
  currency         text NOT NULL,
  shipping_address jsonb NOT NULL,
  billing_address  jsonb NOT NULL,
  lines            jsonb NOT NULL,
  discounts        jsonb NOT NULL,
  shipping_option  jsonb NOT NULL,
  subtotal_cents   bigint NOT NULL CHECK (subtotal_cents >= 0),
  shipping_cents   bigint NOT NULL CHECK (shipping_cents >= 0),
  tax_cents        bigint NOT NULL CHECK (tax_cents >= 0),
  tax_included     boolean NOT NULL,
  total_cents      bigint NOT NULL CHECK (total_cents >= 0),
  placed_at        timestamptz NOT NULL,
  pay_by           timestamptz NOT NULL,
  cancel_reason    text,
  -- What could not be held, where the order was rejected.
  shortages        jsonb,
  changed_at       timestamptz NOT NULL
);
CREATE INDEX orders_of_user ON orders (user_id, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX orders_unfinished ON orders (pay_by) WHERE status IN ('placing', 'awaiting_payment');

-- Every state an order has been in, and why: what support and the fault suite read.
CREATE TABLE order_history (
  order_id uuid NOT NULL REFERENCES orders (id),
  seq      bigint GENERATED ALWAYS AS IDENTITY,
  status   text NOT NULL,
  reason   text NOT NULL,
  at       timestamptz NOT NULL,
  PRIMARY KEY (order_id, seq)
);

-- Money going back. A row is written when a refund is asked for, and completed when the payment service reports it.
CREATE TABLE refunds (
  id                 uuid PRIMARY KEY,
  order_id           uuid NOT NULL REFERENCES orders (id),
  amount_cents       bigint NOT NULL CHECK (amount_cents > 0),
  reason             text NOT NULL,
  requested_at       timestamptz NOT NULL,
  provider_refund_id text UNIQUE,
  refunded_at        timestamptz
);
CREATE INDEX refunds_of_order ON refunds (order_id);

-- One row per Idempotency-Key and caller, claimed before anything else happens. The order's id is chosen with the
-- claim, so that a repeat after a crash continues the same order.
CREATE TABLE idempotency_keys (
  caller       text NOT NULL,
  key          text NOT NULL,
  request_hash text NOT NULL,
  resource_id  uuid NOT NULL,
  locked_until timestamptz NOT NULL,
  status       int,
  answer       jsonb,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Each message to a shopper, written before it is sent: nothing is sent twice.
CREATE TABLE notifications (
  event_id   uuid NOT NULL,
  template   text NOT NULL,
  recipient  text NOT NULL,
  order_id   uuid NOT NULL REFERENCES orders (id),
  started_at timestamptz NOT NULL,
  sent_at    timestamptz,
  PRIMARY KEY (event_id, template, recipient)
);

CREATE TABLE promotions (
  code           text PRIMARY KEY CHECK (code = upper(code)),
  title          jsonb NOT NULL,
  percent_bps    int CHECK (percent_bps BETWEEN 1 AND 10000),
  amount_off     jsonb,
  minimum        jsonb NOT NULL DEFAULT '{}',
  valid_from     timestamptz NOT NULL DEFAULT now(),
  valid_until    timestamptz,
  CHECK ((percent_bps IS NULL) <> (amount_off IS NULL))
);
