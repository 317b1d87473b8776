-- Whoever verifies an address owns it; until then accounts may share one, so that registering tells nobody who has one.
ALTER TABLE users ADD COLUMN verified_at timestamptz;
-- Accounts from before had their address to themselves: they keep it.
UPDATE users SET verified_at = created_at;
ALTER TABLE users DROP CONSTRAINT users_email_key;
CREATE UNIQUE INDEX one_verified_account_per_address ON users (email) WHERE verified_at IS NOT NULL;
CREATE INDEX users_by_email ON users (email, created_at DESC);

ALTER TABLE users ADD COLUMN pin_network boolean NOT NULL DEFAULT false;

-- Devices an account was used from; a new one is told to its owner.
CREATE TABLE known_devices (
  user_id  uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  key_hash text NOT NULL,
  since    timestamptz NOT NULL,
  PRIMARY KEY (user_id, key_hash)
);

-- Single-use keys of mailed links. Only their hashes are kept.
CREATE TABLE link_tokens (
  hash       bytea PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  purpose    text NOT NULL CHECK (purpose IN ('verify', 'change-email', 'reset')),
  -- The address that the token was mailed to and proves.
  email      text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX link_tokens_of_user ON link_tokens (user_id, purpose);
CREATE INDEX link_tokens_by_expiry ON link_tokens (expires_at);

-- Mails to send, written in the transaction of what they tell. No user_id reference: some go to nobody, or outlive one.
CREATE TABLE mail_jobs (
  id              uuid PRIMARY KEY,
  request         jsonb NOT NULL,
  created_at      timestamptz NOT NULL,
  -- Not sent after this.
  expires_at      timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  -- An attempt began and never said how it ended: ask the provider before the next one.
  unsettled       boolean NOT NULL DEFAULT false,
  done_at         timestamptz
);
CREATE INDEX mail_jobs_due ON mail_jobs (next_attempt_at) WHERE done_at IS NULL;
CREATE INDEX mail_jobs_done ON mail_jobs (done_at) WHERE done_at IS NOT NULL;
