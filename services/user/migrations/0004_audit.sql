-- What staff have changed, as every service tells it. Rows are only ever added.
CREATE TABLE audit_entries (
  id         uuid PRIMARY KEY,
  service    text NOT NULL,
  route      text NOT NULL,
  actor_id   uuid,
  subject    text NOT NULL,
  before     jsonb NOT NULL,
  after      jsonb NOT NULL,
  at         timestamptz NOT NULL,
  request_id text
);
CREATE INDEX audit_entries_of_actor ON audit_entries (actor_id, id DESC);
CREATE INDEX audit_entries_of_subject ON audit_entries (subject, id DESC);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

UPDATE users SET roles = array_replace(roles, 'catalogue', 'catalogue_manager') WHERE 'catalogue' = ANY (roles);
CREATE INDEX users_of_staff ON users (id) WHERE roles <> '{}';
