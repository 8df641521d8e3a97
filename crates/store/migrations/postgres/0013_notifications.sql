-- Which messages about meetings an agent switched on or off, as JSON: only what was chosen.
ALTER TABLE agents ADD COLUMN notifications TEXT NOT NULL DEFAULT '{}';
