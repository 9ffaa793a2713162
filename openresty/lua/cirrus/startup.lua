-- What happens once: in the master before the workers are forked, and in each worker.

local domains = require("cirrus.domains")
local metrics = require("cirrus.metrics")
local purge_feed = require("cirrus.purge_feed")
local purges = require("cirrus.purges")

local startup = {}

function startup.master()
  metrics.start()
  domains.declare_nobody()
  purges.load()
end

function startup.worker()
  math.randomseed(ngx.worker.pid() + ngx.now() * 1000)
  if ngx.worker.id() == 0 then purge_feed.start() end
end

return startup
