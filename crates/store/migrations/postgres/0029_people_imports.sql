-- Files of people that an admin has handed in, and their rows: shown before anything is done, then worked off one by one. Both go after a
-- week. Headers, columns, cells and faults are JSON. `admin_id` and `agent_id` refer to nothing: an account is erased without them.
CREATE TABLE people_imports (
  id TEXT NOT NULL PRIMARY KEY,
  admin_id TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('page', 'command_line')),
  file_name TEXT NOT NULL,
  encoding TEXT NOT NULL,
  delimiter TEXT NOT NULL,
  headers TEXT NOT NULL,
  columns TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'done')),
  lease_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  ended_at BIGINT
);

CREATE INDEX people_imports_created ON people_imports (created_at);

CREATE TABLE people_import_rows (
  import_id TEXT NOT NULL REFERENCES people_imports (id),
  line BIGINT NOT NULL,
  cells TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'invited', 'updated', 'unchanged', 'failed')),
  faults TEXT NOT NULL,
  agent_id TEXT,
  PRIMARY KEY (import_id, line)
);

CREATE INDEX people_import_rows_state ON people_import_rows (import_id, state, line);
CREATE INDEX people_import_rows_agent ON people_import_rows (agent_id);
