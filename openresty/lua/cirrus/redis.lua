-- Connections to Redis. After a failure nothing is tried for a moment: requests must not queue up
-- behind a Redis that does not answer.

local config = require("cirrus.config")
local has_resty, client_library = pcall(require, "resty.redis")
if not has_resty then client_library = require("nginx.redis") end

local QUERY_TIMEOUT_MS = 300
local POOL = { pool = "cirrus_redis", pool_size = 32, backlog = 1024 }
local IDLE_MS = 10000
local RETRY_AFTER_SECONDS = 0.5

local redis = {}
local retry_at = 0

local function sign_in(client)
  local settings = config.redis
  if settings.password then
    local ok, err
    if settings.username then
      ok, err = client:auth(settings.username, settings.password)
    else
      ok, err = client:auth(settings.password)
    end
    if not ok then return nil, err end
  end
  if settings.database ~= 0 then return client:select(settings.database) end
  return true
end

-- A signed-in client; `pool` as of tcpsock:connect, without it the connection is for one use.
function redis.connect(timeout_ms, pool)
  local client = client_library:new()
  client:set_timeout(timeout_ms)
  local ok, err = client:connect(config.redis.host, config.redis.port, pool)
  if not ok then return nil, err end
  if client:get_reused_times() == 0 then
    ok, err = sign_in(client)
    if not ok then
      client:close()
      return nil, err
    end
  end
  return client
end

local function run(work)
  local client, err = redis.connect(QUERY_TIMEOUT_MS, POOL)
  if not client then return nil, err end
  local reply
  reply, err = work(client)
  -- Redis answers an error as false, a lost connection is nil.
  if not reply then
    client:close()
    return nil, err or "no answer"
  end
  client:set_keepalive(IDLE_MS, POOL.pool_size)
  return reply
end

-- The reply of `work(client)`, or nil and why there is none.
function redis.query(work)
  if ngx.now() < retry_at then return nil, "Redis is away" end
  local reply, err = run(work)
  if reply == nil then retry_at = ngx.now() + RETRY_AFTER_SECONDS end
  return reply, err
end

return redis
