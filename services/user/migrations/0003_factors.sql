-- The secret of a user's authenticator app, sealed; of use once a code has confirmed it.
CREATE TABLE totp_secrets (
  user_id      uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  key_id       text NOT NULL,
  sealed       bytea NOT NULL,
  confirmed_at timestamptz,
  -- The time step of the last code that was accepted: no code counts twice.
  last_step    bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  hash    bytea NOT NULL,
  PRIMARY KEY (user_id, hash)
);

CREATE TABLE passkeys (
  id            uuid PRIMARY KEY,
  user_id       uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE,
  public_key    bytea NOT NULL,
  -- Signatures so far, as the device counts them; devices that do not count stay at 0.
  counter       bigint NOT NULL,
  transports    text[] NOT NULL,
  name          text NOT NULL,
  backed_up     boolean NOT NULL,
  created_at    timestamptz NOT NULL,
  last_used_at  timestamptz
);
CREATE INDEX passkeys_of_user ON passkeys (user_id);

-- Who a user is at an OpenID provider.
CREATE TABLE identities (
  provider_id text NOT NULL,
  subject     text NOT NULL,
  user_id     uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  linked_at   timestamptz NOT NULL,
  PRIMARY KEY (provider_id, subject),
  UNIQUE (user_id, provider_id)
);
