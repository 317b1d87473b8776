-- When an account that has not proved its address counts as abandoned, unless somebody signs in before; null for one that
-- never does. Accounts from before this column are given the whole time once more.
ALTER TABLE users ADD COLUMN abandoned_at timestamptz;
UPDATE users SET abandoned_at = now() + interval '30 days' WHERE verified_at IS NULL;
CREATE INDEX users_by_abandonment ON users (abandoned_at) WHERE abandoned_at IS NOT NULL;
