CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE organisation (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  locale TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;

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
  password_changed_at INTEGER,
  credential_version INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CONSTRAINT agents_email UNIQUE (email_canonical)
) STRICT;

-- Every slug that an agent has or had. A row is never deleted or given to another agent.
CREATE TABLE slugs (
  slug TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX slugs_agent ON slugs (agent_id);

CREATE TABLE pictures (
  key TEXT NOT NULL,
  px INTEGER NOT NULL,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  bytes BLOB NOT NULL,
  PRIMARY KEY (key, px)
) STRICT;
CREATE INDEX pictures_agent ON pictures (agent_id);

CREATE TABLE sessions (
  token_hash BLOB NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  authenticated_at INTEGER NOT NULL,
  user_agent TEXT NOT NULL,
  client_net TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_agent ON sessions (agent_id);

CREATE TABLE api_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  token_hash BLOB NOT NULL,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  CONSTRAINT api_tokens_hash UNIQUE (token_hash)
) STRICT;
CREATE INDEX api_tokens_agent ON api_tokens (agent_id);

-- The link and the code are derived from the id with a key that is not in the database.
CREATE TABLE email_changes (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  new_email TEXT NOT NULL,
  credential_version INTEGER NOT NULL,
  code_issue INTEGER NOT NULL,
  code_sent_at INTEGER NOT NULL,
  wrong_codes INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  CONSTRAINT email_changes_agent UNIQUE (agent_id)
) STRICT;

CREATE TABLE availabilities (
  agent_id TEXT NOT NULL PRIMARY KEY REFERENCES agents (id),
  body TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE meeting_types (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  place TEXT,
  duration_minutes INTEGER NOT NULL,
  interval_minutes INTEGER NOT NULL,
  buffer_before_minutes INTEGER NOT NULL,
  buffer_after_minutes INTEGER NOT NULL,
  notice_minutes INTEGER NOT NULL,
  horizon_days INTEGER NOT NULL,
  daily_limit INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX meeting_types_slug ON meeting_types (agent_id, slug) WHERE deleted_at IS NULL;

CREATE TABLE meetings (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (id),
  meeting_type_id TEXT NOT NULL REFERENCES meeting_types (id),
  title TEXT NOT NULL,
  place TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'scheduled', 'cancelled', 'completed', 'missed')),
  start_utc INTEGER NOT NULL,
  end_utc INTEGER NOT NULL,
  busy_from INTEGER NOT NULL,
  busy_until INTEGER NOT NULL,
  previous_start INTEGER,
  previous_end INTEGER,
  customer_name TEXT NOT NULL,
  customer_email TEXT NOT NULL,
  customer_phone_e164 TEXT,
  customer_phone_typed TEXT,
  customer_locale TEXT NOT NULL,
  note TEXT,
  agent_zone TEXT NOT NULL,
  agent_local TEXT NOT NULL,
  agent_offset INTEGER NOT NULL,
  customer_zone TEXT NOT NULL,
  customer_local TEXT NOT NULL,
  customer_offset INTEGER NOT NULL,
  tzdb_version TEXT NOT NULL,
  uid TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  link_version INTEGER NOT NULL,
  cancelled_by TEXT,
  reason TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK (busy_from <= start_utc AND start_utc < end_utc AND end_utc <= busy_until)
) STRICT;
CREATE INDEX meetings_agent_busy ON meetings (agent_id, busy_until);
CREATE INDEX meetings_agent_start ON meetings (agent_id, start_utc);

-- Backstop behind the check under the agent's lock: no two active meetings of an agent overlap, buffers included.
CREATE TRIGGER meetings_no_overlap_insert BEFORE INSERT ON meetings
WHEN NEW.status IN ('pending', 'scheduled') AND EXISTS (
  SELECT 1 FROM meetings
  WHERE agent_id = NEW.agent_id AND status IN ('pending', 'scheduled')
    AND busy_until > NEW.busy_from AND busy_from < NEW.busy_until
)
BEGIN
  SELECT RAISE(ABORT, 'meetings_no_overlap');
END;
CREATE TRIGGER meetings_no_overlap_update BEFORE UPDATE OF agent_id, busy_from, busy_until, status ON meetings
WHEN NEW.status IN ('pending', 'scheduled') AND EXISTS (
  SELECT 1 FROM meetings
  WHERE id <> NEW.id AND agent_id = NEW.agent_id AND status IN ('pending', 'scheduled')
    AND busy_until > NEW.busy_from AND busy_from < NEW.busy_until
)
BEGIN
  SELECT RAISE(ABORT, 'meetings_no_overlap');
END;

CREATE TABLE idempotency_keys (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  created_at INTEGER NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- A message is written in the transaction of the fact that it tells, and rendered when it is sent.
CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  uid TEXT NOT NULL,
  recipient TEXT NOT NULL,
  role TEXT NOT NULL,
  meeting_id TEXT REFERENCES meetings (id),
  meeting_version INTEGER NOT NULL,
  body TEXT NOT NULL,
  not_before INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'superseded', 'dead')),
  lease_until INTEGER NOT NULL,
  last_answer TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_open ON outbox (not_before) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_pair ON outbox (uid, recipient);

-- Messages kept here instead of sent: the demo, and a server without SMTP.
CREATE TABLE mailbox (
  id TEXT NOT NULL PRIMARY KEY,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  raw BLOB NOT NULL
) STRICT;

-- Rate limits that must hold across nodes: the instant at which the bucket is full again.
CREATE TABLE limits (
  key TEXT NOT NULL PRIMARY KEY,
  full_at INTEGER NOT NULL
) STRICT;
CREATE INDEX limits_age ON limits (full_at);
