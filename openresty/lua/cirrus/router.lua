-- From host name to origin: finds the domain, then prepares the request that goes to its origin.

local domains = require("cirrus.domains")
local metrics = require("cirrus.metrics")
local origins = require("cirrus.origins")
local purges = require("cirrus.purges")

local router = {}

local function answer(status, reason)
  ngx.status = status
  if (ngx.var.http_accept or ""):find("json", 1, true) then
    ngx.header.content_type = "application/json"
    ngx.say('{"status":', status, ',"error":"', reason, '"}')
  else
    ngx.header.content_type = "text/plain; charset=utf-8"
    ngx.say(reason)
  end
  return ngx.exit(ngx.HTTP_OK)
end

-- Rewrite phase: to the location that caches as long as the domain says.
function router.route()
  local domain, result = domains.find(ngx.var.host)
  metrics.config_lookups:add(1, result)
  if domain then return ngx.exec(domain.location) end
  if result == "unknown" then return answer(ngx.HTTP_NOT_FOUND, "No such site") end
  ngx.header.retry_after = "1"
  return answer(ngx.HTTP_SERVICE_UNAVAILABLE, "Site configuration is not available")
end

local function set_origin_headers(domain)
  if domain.host_header then ngx.var.cirrus_origin_host = domain.host_header end
  if #domain.headers == 0 then return end
  -- Evaluated, hence fixed, before a header such as Authorization is added on our behalf.
  local _, _ = ngx.var.cirrus_private, ngx.var.cirrus_reload
  for _, header in ipairs(domain.headers) do ngx.req.set_header(header.name, header.value) end
end

-- Access phase, in that location.
function router.prepare()
  local domain = domains.last_known(ngx.var.host)
  if not domain then return ngx.exit(ngx.HTTP_SERVICE_UNAVAILABLE) end
  ngx.ctx.domain = domain
  ngx.var.cirrus_domain = domain.name
  set_origin_headers(domain)
  local pool = origins.choose_pool(domain.pools)
  if pool.scheme == "https" then ngx.var.cirrus_origin = "https://cirrus_origin_https" end
  origins.resolve(pool)
  local generation = domain.caches and purges.generation(domain.name, ngx.var.request_uri)
  if generation then
    ngx.var.cirrus_generation = generation
  else
    ngx.var.cirrus_no_store = "1"
  end
end

return router
