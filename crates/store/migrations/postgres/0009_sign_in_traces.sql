-- When a passkey was last asked for in this session, to sign in or to show anew who is there.
ALTER TABLE sessions ADD COLUMN passkey_at BIGINT;

-- Where a right password came from that waits for its code, and whether its activity tells of it already.
ALTER TABLE pending_sign_ins ADD COLUMN client_net TEXT NOT NULL DEFAULT '';
ALTER TABLE pending_sign_ins ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE pending_sign_ins ADD COLUMN told BIGINT NOT NULL DEFAULT 0;
CREATE INDEX pending_sign_ins_agent ON pending_sign_ins (agent_id);

-- Finds the entries whose personal part has outlived its time.
CREATE INDEX audit_log_detail_age ON audit_log (happened_at) WHERE detail IS NOT NULL;
