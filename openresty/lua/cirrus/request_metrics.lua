-- What one request adds to the metrics.

local attempts = require("cirrus.attempts")
local metrics = require("cirrus.metrics")

local request_metrics = {}

local function record_attempt(host, attempt)
  metrics.upstream_requests:add(1, host, attempt.origin)
  metrics.upstream_bytes:add(attempt.bytes, host)
  -- Zero creates the series, so that rate() sees its first increase.
  metrics.upstream_errors:add(attempts.has_failed(attempt) and 1 or 0, host, attempt.origin)
  metrics.upstream_timeouts:add(attempts.has_timed_out(attempt) and 1 or 0, host, attempt.origin)
  if attempt.header then metrics.upstream_response:observe(attempt.header, host) end
end

function request_metrics.record(facts)
  local host = facts.domain.name
  metrics.http_requests:add(1, host, facts.status)
  metrics.http_request_duration:observe(facts.duration, host)
  metrics.http_request_bytes:add(facts.bytes_in, host)
  metrics.http_response_bytes:add(facts.bytes_out, host)
  metrics.cache_status:add(1, host, facts.cache)
  metrics.cache_bytes:add(facts.bytes_out, host, facts.cache)
  for _, attempt in ipairs(facts.attempts) do record_attempt(host, attempt) end
end

return request_metrics
