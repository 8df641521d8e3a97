-- Whether the password is long enough to be the only factor; those of before had to be.
ALTER TABLE agents ADD COLUMN password_stands_alone INTEGER NOT NULL DEFAULT 1;

-- The secret is sealed with a key that is not in the database; key_version says with which.
CREATE TABLE authenticator_apps (
  agent_id TEXT NOT NULL PRIMARY KEY REFERENCES agents (id),
  key_version INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  last_step INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- A row is deleted when its code is used.
CREATE TABLE recovery_codes (
  agent_id TEXT NOT NULL REFERENCES agents (id),
  code_hash BLOB NOT NULL,
  PRIMARY KEY (agent_id, code_hash)
) STRICT;

-- A right password that still waits for its code. It signs nobody in.
CREATE TABLE pending_sign_ins (
  token_hash BLOB NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  credential_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_sign_ins_age ON pending_sign_ins (created_at);
