-- Events that this service has yet to publish, written in the transaction that changed the state they tell of.
CREATE TABLE outbox (
  seq           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id            uuid        NOT NULL UNIQUE,
  routing_key   text        NOT NULL,
  aggregate_id  text        NOT NULL,
  envelope      json        NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  attempts      int         NOT NULL DEFAULT 0,
  last_error    text,
  claimed_until timestamptz,
  published_at  timestamptz
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX outbox_pending ON outbox (seq) WHERE published_at IS NULL;
CREATE INDEX outbox_pending_by_aggregate ON outbox (aggregate_id, seq) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

-- Which consumer has applied which event, written in the transaction of the effect.
CREATE TABLE inbox (
  event_id   uuid        NOT NULL,
  consumer   text        NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (event_id, consumer)
);

CREATE INDEX inbox_handled ON inbox (handled_at);
