-- What was done to an account and by whom. Entries stay when the account is erased; only `detail`, which holds all that is
-- personal, may be taken out of one. Each `chain` is a keyed code over the one before and over the entry.
CREATE TABLE audit_log (
  sequence INTEGER NOT NULL PRIMARY KEY,
  happened_at INTEGER NOT NULL,
  account TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  event TEXT NOT NULL,
  detail TEXT,
  detail_hash BLOB NOT NULL,
  chain BLOB NOT NULL
) STRICT;
CREATE INDEX audit_log_account ON audit_log (account, sequence);

-- The last entry. Whoever writes one locks this row, so that the chain is one line.
CREATE TABLE audit_head (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  chain BLOB NOT NULL
) STRICT;
INSERT INTO audit_head (id, sequence, chain) VALUES (1, 0, zeroblob(32));

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
WHEN NEW.detail IS NOT NULL OR NEW.sequence IS NOT OLD.sequence OR NEW.happened_at IS NOT OLD.happened_at
  OR NEW.account IS NOT OLD.account OR NEW.actor_kind IS NOT OLD.actor_kind OR NEW.actor_id IS NOT OLD.actor_id
  OR NEW.event IS NOT OLD.event OR NEW.detail_hash IS NOT OLD.detail_hash OR NEW.chain IS NOT OLD.chain
BEGIN
  SELECT RAISE(ABORT, 'audit_log_append_only');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'audit_log_append_only');
END;
