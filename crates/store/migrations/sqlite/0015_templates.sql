-- What the organisation has written in place of the built-in templates: every version, the newest is in force. A version without
-- parts is the built-in template again. Who wrote it may have left.
CREATE TABLE templates (
  name TEXT NOT NULL,
  recipient TEXT NOT NULL,
  language TEXT NOT NULL,
  version INTEGER NOT NULL,
  parts TEXT NOT NULL,
  author_id TEXT,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (name, recipient, language, version)
) STRICT;
