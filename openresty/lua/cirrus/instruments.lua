-- Counters, gauges, histograms and info metrics in one shared dictionary.
--
-- Each series is a key of its own, so an update is one atomic increment whoever makes it. A family
-- keeps a list of its series ("list|<family>|<n>"), so a scrape reads keys one by one and never locks
-- the dictionary as a whole. Histograms hold a count per bucket; they are cumulated when scraped, so
-- an observation touches two keys. Nothing is ever evicted: what does not fit is counted as an error.

local catalog = require("cirrus.catalog")
local label_guard = require("cirrus.label_guard")

local instruments = {}

local store = ngx.shared.cirrus_metrics
local ERRORS = catalog.metrics.metric_errors.name .. "|"
local LOG_EVERY_SECONDS = 10
local logged_at = 0

-- Counts each fault, and logs one in ten seconds: a full dictionary fails with every request.
function instruments.count_error(reason)
  store:incr(ERRORS, 1, 0)
  if ngx.now() - logged_at < LOG_EVERY_SECONDS then return end
  logged_at = ngx.now()
  ngx.log(ngx.ERR, "cirrus: telemetry failed: ", reason)
end

local function escape(value)
  return (tostring(value):gsub('[\\"\n]', { ["\\"] = "\\\\", ['"'] = '\\"', ["\n"] = "\\n" }))
end

-- The values as they may be used, and as text: host="a",status="200".
local function render_labels(family, values)
  local allowed, parts = {}, {}
  for i, label in ipairs(family.labels) do
    local value = label_guard.value(label, values[i])
    if not value then return nil, family.name .. " has no " .. label.name .. " " .. tostring(values[i]) end
    allowed[i], parts[i] = value, label.name .. '="' .. escape(value) .. '"'
  end
  return allowed, table.concat(parts, ",")
end

-- Puts a series on the list of its family, once over all workers.
local function enlist(family, labels, key)
  local added, err = store:safe_add(key, 0)
  if not added then return err == "exists", err end
  local place = store:incr("length|" .. family.name, 1, 0)
  return store:safe_set("list|" .. family.name .. "|" .. place, labels)
end

-- How many series a family has had, and the labels of the n-th; nil while another worker adds it.
function instruments.series_count(family)
  return store:get("length|" .. family.name) or 0
end

function instruments.series_labels(family, place)
  return store:get("list|" .. family.name .. "|" .. place)
end

-- Finds or makes what a worker remembers of a series. Only values that the guard let through become
-- cache keys, so the cache is as bounded as the labels are.
local function series_of(family, a, b)
  local row = family.cache[a]
  local series = row and row[b]
  if series then return series end
  local allowed, labels = render_labels(family, { a, b })
  if not allowed then return nil, labels end
  local first, second = allowed[1] or "", allowed[2] or ""
  row = family.cache[first] or {}
  if not row[second] then
    local err
    row[second], err = family:create(labels)
    if not row[second] then return nil, err end
    family.cache[first] = row
  end
  return row[second]
end

local counter = {}

function counter:create(labels)
  local key = self.name .. "|" .. labels
  local ok, err = enlist(self, labels, key)
  return ok and key, err
end

-- Label values in the order of the catalog.
function counter:add(amount, a, b)
  local key, err = series_of(self, a or "", b or "")
  local ok
  if key then ok, err = store:incr(key, amount) end
  if not ok then instruments.count_error(err) end
end

local gauge = { create = counter.create }

function gauge:set(value, a)
  local key, err = series_of(self, a or "", "")
  local ok
  if key then ok, err = store:safe_set(key, value) end
  if not ok then instruments.count_error(err) end
end

local histogram = {}

function histogram:create(labels)
  local prefix = self.name .. "|" .. labels .. "|"
  local series = { sum = prefix .. "sum" }
  for i = 1, #self.buckets + 1 do
    series[i] = prefix .. i
    local ok, err = store:safe_add(series[i], 0)
    if not ok and err ~= "exists" then return nil, err end
  end
  local ok, err = enlist(self, labels, series.sum)
  return ok and series, err
end

function histogram:observe(value, a)
  local series, err = series_of(self, a or "", "")
  if not series then return instruments.count_error(err) end
  local buckets, i = self.buckets, 1
  while buckets[i] and value > buckets[i] do i = i + 1 end
  local ok
  ok, err = store:incr(series[i], 1)
  if ok then ok, err = store:incr(series.sum, value) end
  if not ok then instruments.count_error(err) end
end

-- An info metric has one series for each value of its first label; its other labels may change.
local info = {}

function info:declare(...)
  local allowed, labels = render_labels(self, { ... })
  if not allowed then return instruments.count_error(labels) end
  local key = self.name .. "|" .. allowed[1]
  local ok, err = enlist(self, allowed[1], key)
  if ok then ok, err = store:safe_set(key, labels) end
  if not ok then instruments.count_error(err) end
end

local classes = { counter = counter, gauge = gauge, histogram = histogram, info = info }

-- An instrument for one entry of catalog.lua.
function instruments.new(family)
  family.cache = {}
  return setmetatable(family, { __index = classes[family.kind] })
end

return instruments
