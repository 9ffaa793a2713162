-- Origin attempts of a request, from nginx's $upstream_… variables. Each holds one item per attempt,
-- separated by ", ", and by " : " where nginx went to another upstream group; "-" is no value. The
-- items of one attempt stand at the same place in every variable.

local attempts = {}

local function split(list)
  local items = {}
  for item in (list or ""):gmatch("[^%s,]+") do
    if item ~= ":" then items[#items + 1] = item end
  end
  return items
end

-- variables: addr, status, connect, header, duration, bytes; labels: the origin of each attempt.
function attempts.parse(variables, labels)
  local lists = {}
  for name, list in pairs(variables) do lists[name] = split(list) end
  local result = {}
  for i, addr in ipairs(lists.addr) do
    -- Where no peer could be chosen nginx names the upstream group: nothing was attempted.
    if addr:find(":", 1, true) then
      result[#result + 1] = {
        addr = addr,
        origin = labels[i] or addr,
        status = tonumber(lists.status[i]),
        connect = tonumber(lists.connect[i]),
        header = tonumber(lists.header[i]),
        duration = tonumber(lists.duration[i]),
        bytes = tonumber(lists.bytes[i]) or 0,
      }
    end
  end
  return result
end

-- Attempts of the current request or subrequest; nil where there were none.
function attempts.of_request()
  local var = ngx.var
  local addr = var.upstream_addr
  if not addr or addr == "" then return nil end
  return attempts.parse({
    addr = addr,
    status = var.upstream_status,
    connect = var.upstream_connect_time,
    header = var.upstream_header_time,
    duration = var.upstream_response_time,
    bytes = var.upstream_bytes_received,
  }, ngx.ctx.attempt_labels or {})
end

function attempts.has_failed(attempt)
  return not attempt.status or attempt.status >= 500
end

-- nginx books a timeout as 504; an origin's own 504 came with a header.
function attempts.has_timed_out(attempt)
  return attempt.status == 504 and not attempt.header
end

return attempts
