-- A message may be written long before it is due, and be too late for what it tells.
ALTER TABLE outbox ADD COLUMN due_at BIGINT;
UPDATE outbox SET due_at = created_at;
ALTER TABLE outbox ALTER COLUMN due_at SET NOT NULL;
ALTER TABLE outbox DROP CONSTRAINT outbox_state_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check
  CHECK (state IN ('queued', 'sending', 'sent', 'superseded', 'expired', 'dead'));
CREATE INDEX outbox_meeting ON outbox (meeting_id);
