-- Whom an identity provider signs in: issuer and subject name a person together, and nothing else does. The address is for the
-- agent's eyes: it is what the provider said when the account was connected. The name is what people called the provider then.
CREATE TABLE oidc_links (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  name TEXT NOT NULL,
  email TEXT,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  CONSTRAINT oidc_links_subject PRIMARY KEY (issuer, subject),
  CONSTRAINT oidc_links_agent UNIQUE (agent_id, issuer)
);

-- Somebody who was sent to the provider and may come back: once, within minutes, in the same browser, or never. What the
-- provider's answer is checked against is derived from the browser's cookie, so nothing in this table is a secret.
CREATE TABLE oidc_requests (
  state_hash BYTEA NOT NULL PRIMARY KEY,
  browser_hash BYTEA NOT NULL,
  agent_id TEXT REFERENCES agents (id),
  return_to TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX oidc_requests_age ON oidc_requests (created_at);

-- The provider that stood for the password in a first step, as people call it.
ALTER TABLE pending_sign_ins ADD COLUMN provider TEXT;
