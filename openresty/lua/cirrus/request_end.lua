-- Log phase: what is known of a request when it ends becomes its log line and its metrics.
--
-- nginx updates a cached object in the background of the request that found it stale, and ends that
-- request only when the update ends. The update is a subrequest: it leaves its origin attempts here
-- for the main request, whose own duration ends when the update began.

local access_line = require("cirrus.access_line")
local attempts = require("cirrus.attempts")
local cache = require("cirrus.cache")
local config = require("cirrus.config")
local domains = require("cirrus.domains")
local metrics = require("cirrus.metrics")
local request_metrics = require("cirrus.request_metrics")

local request_end = {}

local NO_ATTEMPTS = {}
local updates = {}

local function keep_update()
  updates[ngx.var.request_id] = { began_at = ngx.req.start_time(), attempts = attempts.of_request() }
end

local function take_update()
  if next(updates) == nil then return nil end
  local id = ngx.var.request_id
  local update = updates[id]
  updates[id] = nil
  return update
end

local function collect()
  local var = ngx.var
  local made = attempts.of_request()
  local update = take_update()
  local duration = tonumber(var.request_time) or 0
  if update then duration = math.max(0, update.began_at - ngx.req.start_time()) end
  return {
    domain = ngx.ctx.domain or domains.unknown,
    status = ngx.status,
    duration = duration,
    bytes_in = tonumber(var.request_length) or 0,
    bytes_out = tonumber(var.bytes_sent) or 0,
    cache = cache.verdict(var.upstream_cache_status, made ~= nil),
    attempts = made or update and update.attempts or NO_ATTEMPTS,
  }
end

local function write_line(facts)
  ngx.var.cirrus_log_line = access_line.render(facts)
end

function request_end.run()
  if ngx.is_subrequest then return metrics.guard(keep_update) end
  local facts = metrics.guard(collect)
  if not facts then return end
  metrics.guard(write_line, facts)
  if config.metrics_enabled then metrics.guard(request_metrics.record, facts) end
end

return request_end
