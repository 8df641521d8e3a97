-- A meeting can pass to another agent: the links of the one who held it are void then. Reminders count from the instant at which the
-- start was set, which is not that of every change.
ALTER TABLE meetings ADD COLUMN agent_link_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE meetings ADD COLUMN timed_at INTEGER NOT NULL DEFAULT 0;
UPDATE meetings SET timed_at = changed_at;
