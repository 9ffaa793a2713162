-- The edge's metrics: one instrument for each entry of the generated catalog, under the entry's key.

local catalog = require("cirrus.catalog")
local instruments = require("cirrus.instruments")

local metrics = {}

for key, family in pairs(catalog.metrics) do metrics[key] = instruments.new(family) end

-- Calls `work` so that a fault in telemetry never breaks a request: it is logged and counted.
function metrics.guard(work, ...)
  local ok, result = pcall(work, ...)
  if ok then return result end
  instruments.count_error(result)
  return nil
end

-- Series whose labels are all known are there from the start, with zero.
local function start_at_zero(family)
  local label = family.labels[1]
  if family.kind ~= "counter" or #family.labels > 1 then return end
  if not label then return family:add(0) end
  for value in pairs(label.values or {}) do family:add(0, value) end
end

function metrics.start()
  for _, family in pairs(catalog.metrics) do start_at_zero(family) end
end

return metrics
