-- Text messages: which channel a message takes and what its provider tells of it, what the customer agreed to, and who wants
-- no more of them (a keyed hash of sender and number).
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'email' CHECK (channel IN ('email', 'sms'));
ALTER TABLE outbox ADD COLUMN delivery TEXT CHECK (delivery IN ('underway', 'delivered', 'failed', 'opted_out', 'over_limit'));
ALTER TABLE meetings ADD COLUMN sms_consent TEXT;
ALTER TABLE meetings ADD COLUMN sms_consent_at INTEGER;
ALTER TABLE mailbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'email' CHECK (channel IN ('email', 'sms'));
CREATE TABLE sms_stops (
  pair TEXT NOT NULL PRIMARY KEY,
  stopped_at INTEGER NOT NULL
) STRICT;
