CREATE TABLE users (
  id            uuid PRIMARY KEY,
  -- Lower-cased on the way in, so that unique means unique.
  email         text NOT NULL UNIQUE CHECK (email = lower(email)),
  name          text NOT NULL,
  password_hash text NOT NULL,
  roles         text[] NOT NULL DEFAULT '{}',
  locale        text NOT NULL,
  currency      text NOT NULL,
  marketing     boolean NOT NULL DEFAULT false,
  sms           boolean NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL
);

CREATE TABLE addresses (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  address    jsonb NOT NULL,
  is_default boolean NOT NULL
);
CREATE INDEX addresses_of_user ON addresses (user_id);
CREATE UNIQUE INDEX one_default_address ON addresses (user_id) WHERE is_default;
