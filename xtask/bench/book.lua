-- Books meetings: arguments are a file, the number of threads, the first turn, and the order of the pairs.
-- The file has the path, the meeting type's slug, then lines "agent SLUG" and "start INSTANT".
-- "distinct": turn n goes to agent n mod A and start n / A, so that no two turns meet.
-- "storm": each thread goes through all starts of the first agent, so that all meet at each of them.
dofile("result.lua")

created, conflict, other, made = 0, 0, 0, 0
local agents, starts = {}, {}
local path, meeting_type, step, turn, storm

function init(arguments)
  for line in io.lines(arguments[1]) do
    local kind, value = line:match("^(%S+) (%S+)$")
    if kind == "agent" then table.insert(agents, value)
    elseif kind == "start" then table.insert(starts, value)
    elseif kind == "path" then path = value
    elseif kind == "type" then meeting_type = value end
  end
  step = tonumber(arguments[2])
  turn = tonumber(arguments[3])
  storm = arguments[4] == "storm"
  if not storm then turn = turn + number end
end

function request()
  local agent, start
  made = made + 1
  if storm then
    -- Twelve connections a thread ask for one start before the next one comes.
    agent = agents[1]
    start = starts[math.floor(turn / 12) % #starts + 1]
    turn = turn + 1
  else
    agent = agents[turn % #agents + 1]
    start = starts[math.floor(turn / #agents) % #starts + 1]
    turn = turn + step
  end
  local body = string.format(
    '{"agent": "%s", "meeting_type": "%s", "start": "%s", "customer": {"name": "Carla Customer", "email": "carla@example.org", "time_zone": "America/New_York", "locale": "en"}, "note": "About the offer"}',
    agent, meeting_type, start)
  return wrk.format("POST", path, { ["Content-Type"] = "application/json" }, body)
end

function response(status)
  if status == 201 then created = created + 1
  elseif status == 409 then conflict = conflict + 1
  else other = other + 1 end
end
