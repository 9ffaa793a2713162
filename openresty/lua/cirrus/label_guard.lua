-- Keeps the number of label values bounded. A closed label takes the values of the catalog, an open
-- one at most `bound` distinct values over all workers; what exceeds that becomes the overflow value.

local catalog = require("cirrus.catalog")

local label_guard = {}

local store = ngx.shared.cirrus_metrics
-- Both are there from the start and take no place from others.
local ALWAYS = { [catalog.overflow] = true, [catalog.unknown] = true }

local function admit(label, value)
  local key = "value|" .. label.name .. "|" .. value
  if store:get(key) then return true end
  local count_key = "values|" .. label.name
  if (store:get(count_key) or 0) >= label.bound then return false end
  local added, err = store:safe_add(key, true)
  if not added then return err == "exists" end
  local count = store:incr(count_key, 1, 0)
  if count <= label.bound then return true end
  store:delete(key)
  store:incr(count_key, -1)
  return false
end

-- The value to use for `label`, or nil where a closed label has no such value.
function label_guard.value(label, value)
  if label.values then return label.values[value] and value end
  if ALWAYS[value] or admit(label, value) then return value end
  return catalog.overflow
end

return label_guard
