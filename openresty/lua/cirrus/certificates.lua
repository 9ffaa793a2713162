-- Certificate per SNI, from `cdn:cert:<name>`. A handshake without one gets the placeholder of
-- nginx.conf, which no client trusts. Keys are in memory only.

local cjson = require("cjson.safe")
local ssl = require("ngx.ssl")
local host_name = require("cirrus.host_name")
local metrics = require("cirrus.metrics")
local replica = require("cirrus.replica")

local certificates = {}

local function parse(text)
  local pair = cjson.decode(text)
  local chain, err = ssl.parse_pem_cert(pair.fullchain)
  if not chain then return nil, err end
  local key
  key, err = ssl.parse_pem_priv_key(pair.key)
  if not key then return nil, err end
  return { chain = chain, key = key }
end

local function fetch(client, name)
  local reply, err = client:hmget("cdn:cert:" .. name, "fullchain", "key")
  if not reply then return nil, err end
  if reply[1] == ngx.null or reply[2] == ngx.null then return ngx.null end
  return cjson.encode({ fullchain = reply[1], key = reply[2] })
end

local pairs_by_name = replica.new({
  what = "the certificate",
  copies = ngx.shared.cirrus_certificates,
  unknown = ngx.shared.cirrus_unknown_certificates,
  fetch = fetch,
  parse = parse,
})

local function use(pair)
  local ok, err = ssl.clear_certs()
  if ok then ok, err = ssl.set_cert(pair.chain) end
  if ok then ok, err = ssl.set_priv_key(pair.key) end
  return ok, err
end

local function fail(phase, name, reason)
  metrics.tls_handshake_errors:add(1, phase)
  if reason then ngx.log(ngx.ERR, "cirrus: certificate of ", name, ": ", reason) end
end

-- In the handshake, before nginx sends a certificate.
function certificates.install()
  local name = ssl.server_name()
  if not name then return end
  name = name:lower()
  if not host_name.is_valid(name) then return fail("lookup") end
  local pair, result, reason = pairs_by_name:get(name)
  if not pair then return fail(result == "error" and not reason and "parse" or "lookup", name, reason) end
  local ok, err = use(pair)
  if not ok then
    fail("handshake", name, err)
    return ngx.exit(ngx.ERROR)
  end
end

return certificates
