-- What kind of program a client says it is: browser, bot, tool or unknown.

local lrucache = require("resty.lrucache")

local user_agent = {}

local KINDS_PER_WORKER = 1000
local MAX_BYTES = 512
-- In this order: crawlers call themselves Mozilla too.
local WORDS = {
  { "bot", "bot" }, { "crawl", "bot" }, { "spider", "bot" }, { "slurp", "bot" },
  { "facebookexternalhit", "bot" }, { "preview", "bot" }, { "monitor", "bot" },
  { "curl/", "tool" }, { "wget/", "tool" }, { "python", "tool" }, { "go-http-client", "tool" },
  { "java/", "tool" }, { "okhttp", "tool" }, { "axios", "tool" }, { "node", "tool" },
  { "undici", "tool" }, { "libwww", "tool" }, { "mozilla/", "browser" }, { "opera/", "browser" },
}

local kinds = assert(lrucache.new(KINDS_PER_WORKER))

local function classify(agent)
  local text = agent:lower()
  for _, word in ipairs(WORDS) do
    if text:find(word[1], 1, true) then return word[2] end
  end
  return "unknown"
end

function user_agent.kind(agent)
  if agent == "" then return "unknown" end
  agent = agent:sub(1, MAX_BYTES)
  local kind = kinds:get(agent)
  if not kind then
    kind = classify(agent)
    kinds:set(agent, kind)
  end
  return kind
end

return user_agent
