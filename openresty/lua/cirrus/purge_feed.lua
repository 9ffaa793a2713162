-- Worker 0 follows purges. The channel `cdn:purge` says that there is something new; the stream
-- `cdn:purges` is the truth, so nothing is missed while Redis or the edge was away.

local cjson = require("cjson.safe")
local purges = require("cirrus.purges")
local redis = require("cirrus.redis")

local purge_feed = {}

local READ_TIMEOUT_MS = 1000
local LOOK_EVERY_TIMEOUTS = 5
-- A subscription ends after so many reads: a timer that never ends never gives its memory back.
local READS_PER_SUBSCRIPTION = 1000
local RETRY_SECONDS = 0.5
local ENTRIES_PER_READ = 500
local EMPTY_STREAM = { length = 0, added = 0, last = "0-0" }
local is_away = false

local function is_after(id, other)
  local ms, n = id:match("^(%d+)%-(%d+)$")
  local other_ms, other_n = other:match("^(%d+)%-(%d+)$")
  ms, n, other_ms, other_n = tonumber(ms), tonumber(n), tonumber(other_ms), tonumber(other_n)
  return ms > other_ms or (ms == other_ms and n > other_n)
end

local function describe_stream(client)
  local reply, err = client:xinfo("STREAM", "cdn:purges")
  if reply == false and err:find("no such key", 1, true) then return EMPTY_STREAM end
  if not reply then return nil, err end
  local fields = client:array_to_hash(reply)
  local first = fields["first-entry"]
  return {
    length = fields.length,
    added = fields["entries-added"],
    last = fields["last-generated-id"],
    first = type(first) == "table" and first[1] or nil,
  }
end

-- Whether entries after `seen` are in the stream no more.
local function has_gap(stream, seen)
  if stream.last == seen then return false end
  if is_after(seen, stream.last) or stream.length == 0 then return true end
  if seen == "0-0" then return stream.added ~= stream.length end
  return is_after(stream.first, seen)
end

local function apply_new(client)
  repeat
    local entries, err = client:xrange("cdn:purges", "(" .. purges.last_seen(), "+", "COUNT", ENTRIES_PER_READ)
    if not entries then return nil, err end
    for _, entry in ipairs(entries) do
      purges.apply(client:array_to_hash(entry[2]).message or "", entry[1])
    end
  until #entries < ENTRIES_PER_READ
  return true
end

-- Applies what the stream has and this edge has not seen.
local function catch_up()
  return redis.query(function(client)
    local stream, err = describe_stream(client)
    if not stream then return nil, err end
    local seen = purges.last_seen()
    if not seen then
      purges.forget_all(stream.last, "what was purged before is not known")
    elseif has_gap(stream, seen) then
      purges.forget_all(stream.last, "purges were missed")
    end
    return apply_new(client)
  end)
end

-- A message with `seq` stands in the stream; one without came from elsewhere and is all there is.
local function take(text)
  local message = cjson.decode(text)
  if type(message) == "table" and message.seq then return catch_up() end
  purges.apply(text)
  return true
end

local function read_on(client)
  local quiet, ok, err = 0, true, nil
  for _ = 1, READS_PER_SUBSCRIPTION do
    if ngx.worker.exiting() or not ok then break end
    local reply
    reply, err = client:read_reply()
    if reply then
      if reply[1] == "message" then ok, err = take(reply[3]) end
    elseif err ~= "timeout" then
      break
    else
      quiet = quiet + 1
      if quiet % LOOK_EVERY_TIMEOUTS == 0 then ok, err = catch_up() end
    end
  end
  return err
end

-- Says once when Redis goes, and once when it is back.
local function report(is_up, reason)
  if is_up then purges.set_ready() end
  purges.set_subscribed(is_up)
  if is_up and is_away then ngx.log(ngx.WARN, "cirrus: Redis answers again") end
  if not is_up and not is_away then ngx.log(ngx.ERR, "cirrus: Redis is away: ", reason) end
  is_away = not is_up
end

local function subscribe()
  local client, err = redis.connect(READ_TIMEOUT_MS)
  if not client then return err end
  local ok
  ok, err = client:subscribe("cdn:purge")
  if ok then ok, err = catch_up() end
  if ok then
    report(true)
    err = read_on(client)
  end
  client:close()
  return err
end

local function follow(premature)
  if premature then return end
  local ok, err = pcall(subscribe)
  if ngx.worker.exiting() then return end
  if not ok or (err and err ~= "timeout") then
    report(false, err)
  end
  assert(ngx.timer.at(RETRY_SECONDS, follow))
end

function purge_feed.start()
  purges.compact()
  assert(ngx.timer.at(0, follow))
end

return purge_feed
