-- How a passkey names the account: random, so that it tells nothing of it, and the same for all of an agent's passkeys.
CREATE TABLE passkey_users (
  agent_id TEXT NOT NULL PRIMARY KEY REFERENCES agents (id),
  user_handle BYTEA NOT NULL,
  CONSTRAINT passkey_users_handle UNIQUE (user_handle)
);

-- The public key and the counter of its uses stand in `credential`: nothing in this table is a secret.
CREATE TABLE passkeys (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  credential_id BYTEA NOT NULL,
  credential TEXT NOT NULL,
  name TEXT NOT NULL,
  aaguid BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  CONSTRAINT passkeys_credential UNIQUE (credential_id)
);
CREATE INDEX passkeys_agent ON passkeys (agent_id);

-- A question to a passkey: answered once, within minutes, or never.
CREATE TABLE passkey_challenges (
  id TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('add', 'sign_in', 'confirm')),
  agent_id TEXT REFERENCES agents (id),
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenges_age ON passkey_challenges (created_at);

-- The passkey with which the session was signed in; it may be removed since.
ALTER TABLE sessions ADD COLUMN passkey_id TEXT;
