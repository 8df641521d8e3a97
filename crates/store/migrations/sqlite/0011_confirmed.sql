-- When the agent was last asked in this session who they are: not the sign-in that began it.
ALTER TABLE sessions ADD COLUMN confirmed_at INTEGER;
