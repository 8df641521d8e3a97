-- What was done to an account and by whom. Entries stay when the account is erased; only `detail`, which holds all that is
-- personal, may be taken out of one. Each `chain` is a keyed code over the one before and over the entry.
CREATE TABLE audit_log (
  sequence BIGINT NOT NULL PRIMARY KEY,
  happened_at BIGINT NOT NULL,
  account TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  event TEXT NOT NULL,
  detail TEXT,
  detail_hash BYTEA NOT NULL,
  chain BYTEA NOT NULL
);
CREATE INDEX audit_log_account ON audit_log (account, sequence);

-- The last entry. Whoever writes one locks this row, so that the chain is one line.
CREATE TABLE audit_head (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence BIGINT NOT NULL,
  chain BYTEA NOT NULL
);
INSERT INTO audit_head (id, sequence, chain) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_log_append_only';
END
$$;
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log FOR EACH ROW
WHEN (NEW.detail IS NOT NULL OR NEW.sequence IS DISTINCT FROM OLD.sequence
  OR NEW.happened_at IS DISTINCT FROM OLD.happened_at OR NEW.account IS DISTINCT FROM OLD.account
  OR NEW.actor_kind IS DISTINCT FROM OLD.actor_kind OR NEW.actor_id IS DISTINCT FROM OLD.actor_id
  OR NEW.event IS DISTINCT FROM OLD.event OR NEW.detail_hash IS DISTINCT FROM OLD.detail_hash
  OR NEW.chain IS DISTINCT FROM OLD.chain)
EXECUTE FUNCTION audit_log_append_only();
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_append_only();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only();
