-- Addresses of origins that are given as host names. nginx's own resolver is out of reach here: a
-- balancer needs addresses.

local lrucache = require("resty.lrucache")
local config = require("cirrus.config")
local has_dns, dns = pcall(require, "resty.dns.resolver")
if not has_dns then has_dns, dns = pcall(require, "nginx.dns.resolver") end

local NAMES_PER_WORKER = 2000
local MIN_TTL_SECONDS = 1
local RETRY_AFTER_SECONDS = 1

local resolver = {}
local names = assert(lrucache.new(NAMES_PER_WORKER))
local NONE = {}

-- The address as set_current_peer wants it, or nil where `host` is a name.
local function literal(host)
  if host:find("^%d+%.%d+%.%d+%.%d+$") then return host end
  if host:find(":", 1, true) then return host:find("^%[") and host or "[" .. host .. "]" end
  if host == "localhost" then return "127.0.0.1" end
  return nil
end

local function query(client, host, kind)
  local answers, err = client:query(host, { qtype = kind })
  if not answers then return nil, err end
  if answers.errcode then return nil, answers.errstr end
  local addresses, ttl = {}, math.huge
  for _, answer in ipairs(answers) do
    if answer.address then
      addresses[#addresses + 1] = literal(answer.address)
      ttl = math.min(ttl, answer.ttl)
    end
  end
  if #addresses == 0 then return nil, "it has no address" end
  return { addresses = addresses, expires_at = ngx.now() + math.max(ttl, MIN_TTL_SECONDS) }
end

local function look_up(host)
  if not has_dns then return nil, "host names need lua-resty-dns (Debian: lua-nginx-dns)" end
  local client, err = dns:new({ nameservers = config.nameservers, retrans = 2, timeout = 1000 })
  if not client then return nil, err end
  local entry
  entry, err = query(client, host, client.TYPE_A)
  if entry then return entry end
  return query(client, host, client.TYPE_AAAA), err
end

-- Makes sure that a name's addresses are current, or as current as can be; may wait.
function resolver.resolve(host)
  if literal(host) then return end
  local entry = names:get(host)
  if entry and entry.expires_at > ngx.now() then return end
  local found, err = look_up(host)
  if not found then
    ngx.log(ngx.ERR, "cirrus: origin ", host, " does not resolve: ", err)
    found = { addresses = entry and entry.addresses or NONE, expires_at = ngx.now() + RETRY_AFTER_SECONDS }
  end
  names:set(host, found)
end

-- Addresses as last seen, possibly none; never waits.
function resolver.last_known(host)
  local address = literal(host)
  if address then return { address } end
  local entry = names:get(host)
  return entry and entry.addresses or NONE
end

return resolver
