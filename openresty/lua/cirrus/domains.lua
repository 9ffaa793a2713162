-- The domains this edge serves: documents of `cdn:dom:<name>`, parsed into what requests need.

local cjson = require("cjson.safe")
local cache = require("cirrus.cache")
local catalog = require("cirrus.catalog")
local host_name = require("cirrus.host_name")
local json = require("cirrus.json")
local metrics = require("cirrus.metrics")
local origins = require("cirrus.origins")
local replica = require("cirrus.replica")

local domains = {}

-- Who is told about requests that belong to no domain.
local NOBODY = { env = "production", team = "platform", business = "internal" }

local function log_labels(name, owner)
  return string.format(
    '"domain":%s,"env":%s,"team":%s,"business":%s',
    json.text(name), json.text(owner.env), json.text(owner.team), json.text(owner.business)
  )
end

-- What requests to a host without a domain are booked to.
domains.unknown = { name = catalog.unknown, log_labels = log_labels(catalog.unknown, NOBODY) }

local function declare(host, owner)
  metrics.domain_info:declare(host, owner.env, owner.team, owner.business)
end

function domains.declare_nobody()
  declare(catalog.unknown, NOBODY)
  declare(catalog.overflow, NOBODY)
end

local function header_list(headers)
  local list, host = {}, nil
  for name, content in pairs(type(headers) == "table" and headers or {}) do
    local value = tostring(content):gsub("%c", "")
    if name:lower() == "host" then
      host = value
    elseif name:find("^[%w!#$%%&'*+.^_`|~-]+$") then
      list[#list + 1] = { name = name, value = value }
    end
  end
  return list, host
end

local function parse(text, name)
  local document = cjson.decode(text)
  if type(document) ~= "table" then return nil, "it is not a JSON object" end
  local pools, err = origins.pools(document.origins, name)
  if not pools then return nil, err end
  local settings = type(document.cache) == "table" and document.cache or {}
  local headers, host = header_list(document.upstream_headers)
  local owner = {}
  for key, default in pairs(NOBODY) do
    owner[key] = type(document[key]) == "string" and document[key] or default
  end
  declare(name, owner)
  return {
    name = name,
    log_labels = log_labels(name, owner),
    pools = pools,
    caches = settings.enable ~= false,
    location = cache.location(tonumber(settings.ttl)),
    headers = headers,
    host_header = host,
  }
end

local documents = replica.new({
  what = "the document",
  copies = ngx.shared.cirrus_domains,
  unknown = ngx.shared.cirrus_unknown_domains,
  fetch = function(client, name) return client:get("cdn:dom:" .. name) end,
  parse = parse,
})

-- The domain that serves `host`, or nil; then how the lookup ended. May wait for Redis.
function domains.find(host)
  if not host_name.is_valid(host) then return nil, "unknown" end
  return documents:get(host)
end

-- The domain as last seen; never waits.
function domains.last_known(name)
  return documents:last_known(name)
end

return domains
