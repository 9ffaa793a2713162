-- What has been purged. The cache key of a request holds the ids of the last purges that covered it;
-- a purge changes the id, so nothing stored before it is ever found again.
--
-- The cache outlives a restart of nginx, so the ids must too: worker 0 appends each to a journal,
-- "<last stream id seen> TAB <id> TAB <what>", and the master reads it back. Where purges may have
-- been missed, or there are too many to remember, everything is purged.

local cjson = require("cjson.safe")
local metrics = require("cirrus.metrics")

local purges = {}

local store = ngx.shared.cirrus_purges
local JOURNAL = ngx.config.prefix() .. "purges.journal"
local MAX_JOURNAL_LINES = 100000
local EVERYTHING = "*"
local journal_lines = 0

local function key_of(domain, uri)
  return uri and ngx.md5(domain .. uri) or domain
end

local function line_of(last_seen, id, key)
  return last_seen .. "\t" .. id .. "\t" .. key .. "\n"
end

-- A journal that could not be written is removed: a restart then purges everything.
local function give_up_journal(err)
  ngx.log(ngx.ERR, "cirrus: cannot write the purge journal: ", err)
  os.remove(JOURNAL)
end

local function append_journal(line)
  local file, err = io.open(JOURNAL, "a")
  if not file then return give_up_journal(err) end
  local ok
  ok, err = file:write(line)
  if ok then ok, err = file:close() end
  if not ok then give_up_journal(err) end
end

local function replace_journal(text)
  local draft = JOURNAL .. ".new"
  local file, err = io.open(draft, "w")
  local ok = file
  if ok then ok, err = file:write(text) end
  if ok then ok, err = file:close() end
  if ok then ok, err = os.rename(draft, JOURNAL) end
  if not ok then give_up_journal(err) end
end

-- Calls `visit(last seen, id, key)` for each whole line.
local function read_journal(visit)
  local file = io.open(JOURNAL, "r")
  if not file then return end
  local text = file:read("*a")
  file:close()
  for last_seen, id, key in text:gmatch("(%d+%-%d+)\t(%S+)\t(%S+)\n") do visit(last_seen, id, key) end
end

-- In the master: brings back what was purged before a restart. A reload finds it still in memory.
function purges.load()
  if store:get("last_seen") then return end
  read_journal(function(last_seen, id, key)
    store:safe_set(key, id)
    store:safe_set("last_seen", last_seen)
  end)
end

-- The id of the last stream entry applied; nil where nothing is known.
function purges.last_seen()
  return store:get("last_seen")
end

-- Purges everything and starts to remember afresh after stream entry `last_seen`.
function purges.forget_all(last_seen, reason)
  ngx.log(ngx.WARN, "cirrus: purging everything: ", reason)
  local id = string.format("%d-all", ngx.now() * 1000)
  -- Not ready from here on, so no worker builds a key from half of the ids.
  store:flush_all()
  store:set(EVERYTHING, id)
  store:set("last_seen", last_seen)
  replace_journal(line_of(last_seen, id, EVERYTHING))
  journal_lines = 1
  purges.set_ready()
  metrics.purges:add(1, "all")
end

-- Worker 0, when it starts: keeps one journal line for each thing purged.
function purges.compact()
  local latest, last, count = {}, nil, 0
  read_journal(function(last_seen, id, key)
    if not latest[key] then count = count + 1 end
    latest[key], last = id, last_seen
  end)
  if not last then return end
  if count > MAX_JOURNAL_LINES / 2 then return purges.forget_all(last, "the journal is full") end
  local lines = {}
  for key, id in pairs(latest) do lines[#lines + 1] = line_of(last, id, key) end
  replace_journal(table.concat(lines))
  journal_lines = #lines
end

local function remember(key, id, last_seen)
  local ok, err = store:safe_set(key, id)
  if not ok then return purges.forget_all(last_seen, "purge memory: " .. err) end
  store:set("last_seen", last_seen)
  append_journal(line_of(last_seen, id, key))
  journal_lines = journal_lines + 1
  if journal_lines > MAX_JOURNAL_LINES then purges.compact() end
end

-- Applies one message. `stream_id` is absent for a message that came over the channel alone.
function purges.apply(text, stream_id)
  local message = cjson.decode(text)
  local last_seen = stream_id or purges.last_seen()
  if type(message) ~= "table" or type(message.domain) ~= "string" then
    ngx.log(ngx.ERR, "cirrus: a purge message names no domain")
    return stream_id and store:set("last_seen", stream_id)
  end
  local domain = message.domain:lower()
  local uri = type(message.path) == "string" and message.path or nil
  remember(key_of(domain, uri), stream_id or string.format("%d-hint", ngx.now() * 1000), last_seen)
  metrics.purges:add(1, uri and "url" or "domain")
end

-- The part of the cache key that purges change; nil until the edge knows what was purged.
function purges.generation(domain, uri)
  if not store:get("ready") then return nil end
  return store:get(EVERYTHING) .. "/" .. (store:get(domain) or "") .. "/" .. (store:get(key_of(domain, uri)) or "")
end

function purges.set_ready()
  store:set("ready", true)
end

function purges.is_ready()
  return store:get("ready") == true
end

function purges.set_subscribed(is_subscribed)
  store:set("subscribed", is_subscribed)
end

function purges.is_subscribed()
  return store:get("subscribed") == true
end

return purges
