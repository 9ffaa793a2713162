-- GET /healthz: 200 while the edge can serve, also from copies while Redis is away; 503 before it has
-- ever caught up with Redis.

local config = require("cirrus.config")
local json = require("cirrus.json")
local purges = require("cirrus.purges")

local health = {}

function health.serve()
  local is_subscribed, is_ready = purges.is_subscribed(), purges.is_ready()
  local status = not is_ready and "starting" or is_subscribed and "ok" or "degraded"
  ngx.status = is_ready and ngx.HTTP_OK or ngx.HTTP_SERVICE_UNAVAILABLE
  ngx.header.content_type = "application/json"
  ngx.say(string.format(
    '{"status":"%s","redis":"%s","node":%s}', status, is_subscribed and "up" or "down", json.text(config.node)
  ))
end

return health
