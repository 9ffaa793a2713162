-- The edge's settings, read from the environment once, when nginx starts. A wrong one stops nginx.

local function setting(name, default)
  local value = os.getenv(name)
  if value == nil or value == "" then return default end
  return value
end

local function refuse(name, wanted)
  error("cirrus: " .. name .. " must " .. wanted, 0)
end

local function decode(text)
  return text and ngx.unescape_uri((text:gsub("%+", "%%2B")))
end

local function parse_redis_url(url)
  local credentials, address = url:match("^redis://([^/]*)@([^/@]+)")
  if not address then address = url:match("^redis://([^/@]+)") end
  local host, port = (address or ""):match("^(.-):(%d+)$")
  host = host or address
  local database = url:match("^redis://[^/]+/(%d*)$") or ""
  if not host or host == "" or not url:match("^redis://[^/]+/?%d*$") then
    refuse("CIRRUS_EDGE_REDIS_URL", "look like redis://[user:password@]host[:port][/database]")
  end
  local username, password = (credentials or ""):match("^([^:]*):(.*)$")
  return {
    -- nginx's resolver does not read /etc/hosts.
    host = host == "localhost" and "127.0.0.1" or host,
    port = tonumber(port) or 6379,
    username = username ~= "" and decode(username) or nil,
    password = decode(password),
    database = tonumber(database) or 0,
  }
end

local function random_key()
  local file = assert(io.open("/dev/urandom", "rb"))
  local bytes = file:read(32)
  file:close()
  return bytes
end

local function pseudonym_key()
  local key = setting("CIRRUS_EDGE_PSEUDONYM_KEY")
  if not key then
    ngx.log(ngx.WARN, "cirrus: CIRRUS_EDGE_PSEUDONYM_KEY is not set; pseudonyms change on restart")
    return random_key()
  end
  if #key < 16 then refuse("CIRRUS_EDGE_PSEUDONYM_KEY", "have at least 16 characters") end
  return key
end

local function nameservers()
  local list = {}
  for server in setting("CIRRUS_EDGE_RESOLVER", ""):gmatch("%S+") do
    local address, port = server:match("^(.*[%d%]]):(%d+)$")
    list[#list + 1] = address and { address, tonumber(port) } or server
  end
  return list
end

return {
  node = setting("CIRRUS_EDGE_NODE", "edge"),
  redis = parse_redis_url(setting("CIRRUS_EDGE_REDIS_URL", "redis://127.0.0.1:6379")),
  pseudonym_key = pseudonym_key(),
  nameservers = nameservers(),
  -- Off only to measure what metrics cost.
  metrics_enabled = setting("CIRRUS_EDGE_METRICS", "on") ~= "off",
}
