-- What was captured for an order, in minor units of its currency: refunds are measured against it.
ALTER TABLE orders
  ADD COLUMN captured_cents bigint NOT NULL DEFAULT 0 CHECK (captured_cents >= 0),
  ADD COLUMN sms_updates boolean NOT NULL DEFAULT false;

UPDATE orders SET captured_cents = total_cents
WHERE EXISTS (SELECT FROM order_history h WHERE h.order_id = orders.id AND h.status = 'confirmed');
-- A capture that confirmed nothing was asked back whole.
UPDATE orders SET captured_cents = (SELECT sum(amount_cents) FROM refunds r WHERE r.order_id = orders.id)
WHERE captured_cents = 0 AND EXISTS (SELECT FROM refunds r WHERE r.order_id = orders.id);

-- Parcels. An order ships in one today; nothing here says that it must.
CREATE TABLE shipments (
  id              uuid PRIMARY KEY,
  order_id        uuid NOT NULL REFERENCES orders (id),
  carrier         text NOT NULL CHECK (carrier IN ('fedex', 'ups', 'dhl', 'other')),
  tracking_number text NOT NULL,
  tracking_url    text,
  shipped_at      timestamptz NOT NULL,
  shipped_by      uuid NOT NULL,
  delivered_at    timestamptz
);
CREATE INDEX shipments_of_order ON shipments (order_id);

-- Who of the staff asked for a refund, and why it failed, where it did: failed ones count in no sum.
ALTER TABLE refunds
  ADD COLUMN requested_by uuid,
  ADD COLUMN failed_at timestamptz,
  ADD COLUMN failure text;

-- The provider refused the recipient for good: no attempt is made again.
ALTER TABLE notifications
  ADD COLUMN failed_at timestamptz,
  ADD COLUMN failure text;
