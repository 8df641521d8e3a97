CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE organisation (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  locale TEXT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE agents (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  display_name TEXT,
  email TEXT NOT NULL,
  email_canonical TEXT NOT NULL,
  slug TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  phone_e164 TEXT,
  phone_typed TEXT,
  job_title TEXT,
  location_name TEXT,
  location_street TEXT,
  location_postcode TEXT,
  location_city TEXT,
  location_state TEXT,
  location_country TEXT,
  picture TEXT,
  visibility TEXT NOT NULL,
  role TEXT NOT NULL,
  status TEXT NOT NULL,
  password_hash TEXT,
  password_changed_at BIGINT,
  credential_version BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT agents_email UNIQUE (email_canonical)
);

-- Every slug that an agent has or had. A row is never deleted or given to another agent.
CREATE TABLE slugs (
  slug TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX slugs_agent ON slugs (agent_id);

CREATE TABLE pictures (
  key TEXT NOT NULL,
  px BIGINT NOT NULL,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  bytes BYTEA NOT NULL,
  PRIMARY KEY (key, px)
);
CREATE INDEX pictures_agent ON pictures (agent_id);

CREATE TABLE sessions (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  authenticated_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL,
  client_net TEXT NOT NULL
);
CREATE INDEX sessions_agent ON sessions (agent_id);

CREATE TABLE api_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  token_hash BYTEA NOT NULL,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  CONSTRAINT api_tokens_hash UNIQUE (token_hash)
);
CREATE INDEX api_tokens_agent ON api_tokens (agent_id);

-- The link and the code are derived from the id with a key that is not in the database.
CREATE TABLE email_changes (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  new_email TEXT NOT NULL,
  credential_version BIGINT NOT NULL,
  code_issue BIGINT NOT NULL,
  code_sent_at BIGINT NOT NULL,
  wrong_codes BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT email_changes_agent UNIQUE (agent_id)
);

CREATE TABLE availabilities (
  agent_id TEXT NOT NULL PRIMARY KEY REFERENCES agents (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE meeting_types (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  place TEXT,
  duration_minutes BIGINT NOT NULL,
  interval_minutes BIGINT NOT NULL,
  buffer_before_minutes BIGINT NOT NULL,
  buffer_after_minutes BIGINT NOT NULL,
  notice_minutes BIGINT NOT NULL,
  horizon_days BIGINT NOT NULL,
  daily_limit BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE UNIQUE INDEX meeting_types_slug ON meeting_types (agent_id, slug) WHERE deleted_at IS NULL;

CREATE TABLE meetings (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  meeting_type_id TEXT NOT NULL REFERENCES meeting_types (id),
  title TEXT NOT NULL,
  place TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'scheduled', 'cancelled', 'completed', 'missed')),
  start_utc BIGINT NOT NULL,
  end_utc BIGINT NOT NULL,
  busy_from BIGINT NOT NULL,
  busy_until BIGINT NOT NULL,
  previous_start BIGINT,
  previous_end BIGINT,
  customer_name TEXT NOT NULL,
  customer_email TEXT NOT NULL,
  customer_phone_e164 TEXT,
  customer_phone_typed TEXT,
  customer_locale TEXT NOT NULL,
  note TEXT,
  agent_zone TEXT NOT NULL,
  agent_local TEXT NOT NULL,
  agent_offset BIGINT NOT NULL,
  customer_zone TEXT NOT NULL,
  customer_local TEXT NOT NULL,
  customer_offset BIGINT NOT NULL,
  tzdb_version TEXT NOT NULL,
  uid TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  link_version BIGINT NOT NULL,
  cancelled_by TEXT,
  reason TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CHECK (busy_from <= start_utc AND start_utc < end_utc AND end_utc <= busy_until),
  CONSTRAINT meetings_no_overlap EXCLUDE USING gist (
    agent_id WITH =, int8range(busy_from, busy_until) WITH &&
  ) WHERE (status IN ('pending', 'scheduled'))
);
CREATE INDEX meetings_agent_busy ON meetings (agent_id, busy_until);
CREATE INDEX meetings_agent_start ON meetings (agent_id, start_utc);

CREATE TABLE idempotency_keys (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  created_at BIGINT NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- A message is written in the transaction of the fact that it tells, and rendered when it is sent.
CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  uid TEXT NOT NULL,
  recipient TEXT NOT NULL,
  role TEXT NOT NULL,
  meeting_id TEXT REFERENCES meetings (id),
  meeting_version BIGINT NOT NULL,
  body TEXT NOT NULL,
  not_before BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'superseded', 'dead')),
  lease_until BIGINT NOT NULL,
  last_answer TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX outbox_open ON outbox (not_before) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_pair ON outbox (uid, recipient);

-- Messages kept here instead of sent: the demo, and a server without SMTP.
CREATE TABLE mailbox (
  id TEXT NOT NULL PRIMARY KEY,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  raw BYTEA NOT NULL
);

-- Rate limits that must hold across nodes: the instant at which the bucket is full again.
CREATE TABLE limits (
  key TEXT NOT NULL PRIMARY KEY,
  full_at BIGINT NOT NULL
);
CREATE INDEX limits_age ON limits (full_at);
