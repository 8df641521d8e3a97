-- What the organisation asks of its agents beyond what every account has, and what each agent's profile holds of it. Choices are a JSON
-- array of texts. A value is kept as text; how it reads, the field's kind says, which never changes.
CREATE TABLE profile_fields (
  key TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'url', 'date', 'choice', 'yes_no')),
  label TEXT NOT NULL,
  choices TEXT NOT NULL,
  required INTEGER NOT NULL,
  editor TEXT NOT NULL CHECK (editor IN ('agent', 'admins')),
  places TEXT NOT NULL CHECK (places IN ('both', 'booking_page', 'messages', 'nobody')),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE agent_fields (
  agent_id TEXT NOT NULL REFERENCES agents (id),
  key TEXT NOT NULL REFERENCES profile_fields (key),
  value TEXT NOT NULL,
  PRIMARY KEY (agent_id, key)
) STRICT;

CREATE INDEX agent_fields_key ON agent_fields (key);
