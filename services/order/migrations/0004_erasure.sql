-- Whose account is gone, for as long as a request of theirs may still be under way.
CREATE TABLE erased_users (
  user_id   uuid PRIMARY KEY,
  erased_at timestamptz NOT NULL
);

-- An order keeps what delivery and refunds need until it has ended; after that it says nothing about a person.
ALTER TABLE orders
  ADD COLUMN erase_requested_at timestamptz,
  ADD COLUMN anonymised_at timestamptz;
CREATE INDEX orders_to_anonymise ON orders (id) WHERE erase_requested_at IS NOT NULL AND anonymised_at IS NULL;

CREATE INDEX notifications_of_order ON notifications (order_id);
