-- A local copy of documents in Redis, looked up by host name. A copy is fresh for two seconds; while
-- Redis is away the last one is used. Names without a document are remembered apart, so that a flood
-- of made-up names evicts no real copy.

local lrucache = require("resty.lrucache")
local redis = require("cirrus.redis")

local FRESH_SECONDS = 2
local PARSED_PER_WORKER = 2000

local replica = {}
local methods = {}

-- options: what (for messages), copies and unknown (shared dictionaries),
-- fetch(client, name) -> text | ngx.null | nil, err; parse(text, name) -> value | nil, err
function replica.new(options)
  options.parsed = assert(lrucache.new(PARSED_PER_WORKER))
  return setmetatable(options, { __index = methods })
end

-- A copy in the shared dictionary is "<fetched at>|<text>".
local function read_copy(self, name)
  local copy = self.copies:get(name)
  if not copy then return nil end
  local bar = copy:find("|", 1, true)
  return copy:sub(bar + 1), tonumber(copy:sub(1, bar - 1))
end

-- Makes `text` the current value of `name`; text that is wrong leaves the value before it.
local function adopt(self, name, text, fetched_at)
  local entry = self.parsed:get(name)
  if not entry or entry.text ~= text then
    local value, err = self.parse(text, name)
    if value == nil then
      ngx.log(ngx.ERR, "cirrus: ", self.what, " of ", name, " is not usable: ", err)
      value = entry and entry.value
    end
    entry = { text = text, value = value }
    self.parsed:set(name, entry)
  end
  entry.fetched_at = fetched_at
  return entry.value
end

local function forget(self, name)
  self.copies:delete(name)
  self.parsed:delete(name)
  self.unknown:set(name, true, FRESH_SECONDS)
end

local function fetch(self, name)
  local reply, err = redis.query(function(client) return self.fetch(client, name) end)
  if reply == nil then
    local text, fetched_at = read_copy(self, name)
    local value = text and adopt(self, name, text, fetched_at)
    if value then return value, "stale" end
    return nil, "error", err
  end
  if reply == ngx.null then
    forget(self, name)
    return nil, "unknown"
  end
  local now = ngx.now()
  self.copies:set(name, string.format("%.3f|%s", now, reply))
  local value = adopt(self, name, reply, now)
  return value, value and "fetched" or "error"
end

-- The value of `name`, or nil; then how it was found: fresh, fetched, stale, unknown, error.
function methods:get(name)
  local oldest = ngx.now() - FRESH_SECONDS
  local entry = self.parsed:get(name)
  if entry and entry.fetched_at > oldest then return entry.value, entry.value and "fresh" or "error" end
  local text, fetched_at = read_copy(self, name)
  if text and fetched_at > oldest then
    local value = adopt(self, name, text, fetched_at)
    return value, value and "fresh" or "error"
  end
  if self.unknown:get(name) then return nil, "unknown" end
  return fetch(self, name)
end

-- The last known value, however old; never waits.
function methods:last_known(name)
  local entry = self.parsed:get(name)
  if entry then return entry.value end
  local text, fetched_at = read_copy(self, name)
  return text and adopt(self, name, text, fetched_at)
end

return replica
