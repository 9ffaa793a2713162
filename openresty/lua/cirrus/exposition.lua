-- GET /metrics: the text format of Prometheus, version 0.0.4.

local catalog = require("cirrus.catalog")
local instruments = require("cirrus.instruments")
local metrics = require("cirrus.metrics")
local purges = require("cirrus.purges")

local exposition = {}

local store = ngx.shared.cirrus_metrics
-- So many series are written before other requests get their turn. On stock nginx a sleep of zero
-- comes back before any of them is looked at.
local SERIES_PER_TURN = 50
local TURN_SECONDS = 0.001

local function number(value)
  if value == math.floor(value) then return string.format("%d", value) end
  return string.format("%.6f", value)
end

local function braces(labels)
  return labels == "" and "" or "{" .. labels .. "}"
end

-- What a series looks like, rendered once per worker: names and labels of its lines, and their keys.
local render = {}

function render.counter(family, labels)
  return { key = family.name .. "|" .. labels, text = family.name .. braces(labels) .. " " }
end
render.gauge = render.counter

function render.info(family, first_value)
  return { key = family.name .. "|" .. first_value }
end

function render.histogram(family, labels)
  local prefix, comma = family.name .. "|" .. labels .. "|", labels == "" and "" or ","
  local series = { sum_key = prefix .. "sum", keys = {}, texts = {} }
  for i = 1, #family.buckets + 1 do
    local le = family.buckets[i] or "+Inf"
    series.keys[i] = prefix .. i
    series.texts[i] = string.format('%s_bucket{%s%sle="%s"} ', family.name, labels, comma, le)
  end
  series.sum_text = family.name .. "_sum" .. braces(labels) .. " "
  series.count_text = family.name .. "_count" .. braces(labels) .. " "
  return series
end

local write = {}

function write.counter(_, series)
  return series.text .. number(store:get(series.key) or 0) .. "\n"
end
write.gauge = write.counter

function write.info(family, series)
  local labels = store:get(series.key)
  -- Zero until the worker that made the series has written its labels.
  if type(labels) ~= "string" then return "" end
  return family.name .. "{" .. labels .. "} 1\n"
end

-- The count is the last bucket, so the two agree even while requests are being counted.
function write.histogram(_, series)
  local lines, total = {}, 0
  for i, key in ipairs(series.keys) do
    total = total + (store:get(key) or 0)
    lines[i] = series.texts[i] .. number(total) .. "\n"
  end
  lines[#lines + 1] = series.sum_text .. number(store:get(series.sum_key) or 0) .. "\n"
  lines[#lines + 1] = series.count_text .. number(total) .. "\n"
  return table.concat(lines)
end

local known = {}

local function series_at(family, place)
  local list = known[family.name] or {}
  known[family.name] = list
  if not list[place] then
    local labels = instruments.series_labels(family, place)
    list[place] = labels and render[family.kind](family, labels)
  end
  return list[place]
end

local function write_family(family)
  local count = instruments.series_count(family)
  if count == 0 then return end
  local kind = family.kind == "info" and "gauge" or family.kind
  local help = family.help:gsub("[\\\n]", { ["\\"] = "\\\\", ["\n"] = "\\n" })
  local lines = { "# HELP ", family.name, " ", help, "\n# TYPE ", family.name, " ", kind, "\n" }
  for place = 1, count do
    local series = series_at(family, place)
    if series then lines[#lines + 1] = write[family.kind](family, series) end
    if place % SERIES_PER_TURN == 0 then
      ngx.print(lines)
      lines = {}
      ngx.sleep(TURN_SECONDS)
    end
  end
  ngx.print(lines)
end

local function read_gauges()
  for value in pairs(metrics.connections.labels[1].values) do
    metrics.connections:set(tonumber(ngx.var["connections_" .. value]) or 0, value)
  end
  metrics.redis_up:set(purges.is_subscribed() and 1 or 0)
end

function exposition.serve()
  ngx.header.content_type = "text/plain; version=0.0.4; charset=utf-8"
  metrics.guard(read_gauges)
  for _, key in ipairs(catalog.order) do write_family(catalog.metrics[key]) end
end

return exposition
