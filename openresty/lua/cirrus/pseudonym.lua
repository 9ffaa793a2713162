-- Pseudonyms of clients: the same for one visitor of one domain on one day, linkable no further.

local config = require("cirrus.config")

local pseudonym = {}

local LENGTH_BYTES = 8
local HEX = ("%02x"):rep(LENGTH_BYTES)
local day, day_key

local function key_of(today)
  if today ~= day then
    day, day_key = today, ngx.hmac_sha1(config.pseudonym_key, today)
  end
  return day_key
end

function pseudonym.of(host, address, agent)
  local today = ngx.utctime():sub(1, 10)
  local digest = ngx.hmac_sha1(key_of(today), host .. "|" .. address .. "|" .. agent)
  return string.format(HEX, digest:byte(1, LENGTH_BYTES))
end

return pseudonym
