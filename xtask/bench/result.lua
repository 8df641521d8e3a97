-- What a run came to, as one line of JSON for cargo xtask bench.
threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function done(summary, latency, requests)
  local created, conflict, other, most = 0, 0, 0, 0
  for _, thread in ipairs(threads) do
    created = created + (thread:get("created") or 0)
    conflict = conflict + (thread:get("conflict") or 0)
    other = other + (thread:get("other") or 0)
    most = math.max(most, thread:get("made") or 0)
  end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "micros": %d, "bytes": %d, "p50": %d, "p99": %d, "max": %d, "refused": %d, "broken": %d, "created": %d, "conflict": %d, "other": %d, "most": %d}',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency.max,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    created, conflict, other, most))
end
