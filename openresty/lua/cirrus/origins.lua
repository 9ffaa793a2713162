-- Origins of a domain and the order in which they are tried: smooth weighted round robin.

local resolver = require("cirrus.resolver")

local origins = {}

local MAX_TURNS = 1000
local MAX_ATTEMPTS = 3
local DEFAULT_PORTS = { http = 80, https = 443 }

local function parse_origin(document)
  if type(document) ~= "table" or type(document.host) ~= "string" or document.host == "" then
    return nil
  end
  local scheme = document.scheme == "https" and "https" or "http"
  local host, port = document.host, tonumber(document.port) or DEFAULT_PORTS[scheme]
  return {
    scheme = scheme,
    host = host,
    port = port,
    label = host .. ":" .. port,
    sni = type(document.sni) == "string" and document.sni ~= "" and document.sni or host,
    weight = math.max(0, tonumber(document.weight) or 1),
  }
end

-- The turns of one round, as indexes: interleaved, each origin as often as its weight says.
local function schedule(list)
  local total = 0
  for _, origin in ipairs(list) do total = total + origin.weight end
  local scale = total > MAX_TURNS and MAX_TURNS / total or 1
  local weights, credit, turns = {}, {}, 0
  for i, origin in ipairs(list) do
    weights[i] = total == 0 and 1 or origin.weight > 0 and math.max(1, math.floor(origin.weight * scale)) or 0
    credit[i], turns = 0, turns + weights[i]
  end
  local order = {}
  for turn = 1, turns do
    local best = 1
    for i = 1, #list do
      credit[i] = credit[i] + weights[i]
      if credit[i] > credit[best] then best = i end
    end
    credit[best] = credit[best] - turns
    order[turn] = best
  end
  return order
end

local function add(pools, origin)
  local pool = pools[origin.scheme]
  if not pool then
    pool = { scheme = origin.scheme, origins = {}, weight = 0 }
    pools[origin.scheme], pools[#pools + 1] = pool, pool
  end
  pool.origins[#pool.origins + 1] = origin
  pool.weight = pool.weight + origin.weight
end

-- One pool for each scheme: nginx fixes the scheme before it chooses a peer.
function origins.pools(documents, name)
  local pools = {}
  for _, document in ipairs(type(documents) == "table" and documents or {}) do
    local origin = parse_origin(document)
    if not origin then return nil, "an origin has no host" end
    add(pools, origin)
  end
  if #pools == 0 then return nil, "it has no origins" end
  for _, pool in ipairs(pools) do
    pool.schedule = schedule(pool.origins)
    pool.turn_key = name .. " " .. pool.scheme
  end
  return pools
end

-- The pool for one request; by weight, at random, where a domain has origins of both schemes.
function origins.choose_pool(pools)
  if #pools == 1 then return pools[1] end
  local total = pools[1].weight + pools[2].weight
  return math.random() * total < pools[1].weight and pools[1] or pools[2]
end

-- Looks up the origins that are host names; may wait.
function origins.resolve(pool)
  for _, origin in ipairs(pool.origins) do resolver.resolve(origin.host) end
end

-- The peers to try for one fetch, at most three: the origin whose turn it is, then the others.
function origins.peers(pool)
  local turn = ngx.shared.cirrus_turns:incr(pool.turn_key, 1, 0) or 1
  local first = pool.schedule[(turn - 1) % #pool.schedule + 1]
  local peers = {}
  for step = 0, #pool.origins - 1 do
    local origin = pool.origins[(first + step - 1) % #pool.origins + 1]
    local addresses = resolver.last_known(origin.host)
    for i = 1, math.min(#addresses, MAX_ATTEMPTS - #peers) do
      local address = addresses[(turn + i - 2) % #addresses + 1]
      peers[#peers + 1] = { address = address, port = origin.port, sni = origin.sni, label = origin.label }
    end
  end
  return peers
end

return origins
