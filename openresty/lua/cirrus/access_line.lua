-- One request as one line of JSON. Its fields are those of the event edge.request in the catalog.

local config = require("cirrus.config")
local json = require("cirrus.json")
local pseudonym = require("cirrus.pseudonym")
local user_agent = require("cirrus.user_agent")

local access_line = {}

local format, concat = string.format, table.concat
local MAX_PATH_BYTES = 2048
local MAX_WORD_BYTES = 128
local NODE = json.text(config.node)

-- RFC 3339 with milliseconds; both parts come from nginx's cached time, so they agree.
local function timestamp()
  local second = ngx.utctime()
  local milliseconds = math.floor(ngx.now() * 1000 + 0.5) % 1000
  return format('"%sT%s.%03dZ"', second:sub(1, 10), second:sub(12), milliseconds)
end

local function attempt_object(attempt)
  local parts = { '{"addr":' .. json.text(attempt.addr) }
  for _, name in ipairs({ "status", "connect", "header", "duration", "bytes" }) do
    if attempt[name] then parts[#parts + 1] = format('"%s":%s', name, attempt[name]) end
  end
  return concat(parts, ",") .. "}"
end

local function upstream_fields(list)
  local objects, bytes = {}, 0
  for i, attempt in ipairs(list) do
    objects[i], bytes = attempt_object(attempt), bytes + attempt.bytes
  end
  return format('"upstreams":[%s],"origin_requests":%d,"origin_bytes":%d', concat(objects, ","), #list, bytes)
end

local function optional(name, value)
  if not value or value == "" then return "" end
  return format('"%s":%s,', name, json.short_text(value, MAX_WORD_BYTES))
end

-- facts: what request_end.lua collected.
function access_line.render(facts)
  local var, domain, agent = ngx.var, facts.domain, ngx.var.http_user_agent or ""
  local path = (var.request_uri or ""):match("^[^?]*")
  local content_type = (var.sent_http_content_type or ""):match("^[^;%s]*")
  return concat({
    '{"time":', timestamp(), ',"level":"info","service":"edge","event":"edge.request","node":', NODE,
    ',"request_id":', json.text(var.cirrus_request_id), ",", domain.log_labels, ",",
    optional("method", var.request_method),
    '"path":', json.short_text(path, MAX_PATH_BYTES), ',"status":', facts.status, ",",
    optional("protocol", var.server_protocol),
    optional("tls", var.ssl_protocol),
    '"bytes_in":', facts.bytes_in, ',"bytes_out":', facts.bytes_out,
    ',"body_bytes_out":', var.body_bytes_sent, ',"duration":', format("%.3f", facts.duration), ",",
    optional("content_type", content_type),
    '"cache":"', facts.cache, '","client":"', pseudonym.of(domain.name, var.remote_addr, agent),
    '","agent":"', user_agent.kind(agent), '",', upstream_fields(facts.attempts), "}",
  })
end

return access_line
