-- A message that was handed over may come back. Whoever sends one again that reached nobody notes it there, so that a second
-- click sends nothing. A check cannot be changed, so the table is written anew.
CREATE TABLE outbox_with_returns (
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
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'sending', 'sent', 'superseded', 'expired', 'dead', 'bounced')),
  lease_until INTEGER NOT NULL,
  last_answer TEXT,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  sent_again_as TEXT
) STRICT;
INSERT INTO outbox_with_returns SELECT id, kind, uid, recipient, role, meeting_id, meeting_version, body, not_before,
  attempts, state, lease_until, last_answer, created_at, due_at, NULL FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_with_returns RENAME TO outbox;
CREATE INDEX outbox_open ON outbox (not_before) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_pair ON outbox (uid, recipient);
CREATE INDEX outbox_meeting ON outbox (meeting_id);
CREATE INDEX outbox_undelivered ON outbox (id) WHERE state IN ('dead', 'bounced');
