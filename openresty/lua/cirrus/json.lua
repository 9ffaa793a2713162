-- Text as JSON that is valid whatever the bytes are: what is not UTF-8 becomes U+FFFD.

local json = {}

local byte, find, gsub, sub = string.byte, string.find, string.gsub, string.sub
local REPLACEMENT = "\239\191\189"

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }
local function escape(character)
  return ESCAPES[character] or string.format("\\u%04x", byte(character))
end

-- Length of the well-formed UTF-8 sequence at `i` (RFC 3629), or nil.
local function sequence_length(text, i)
  local first, second = byte(text, i, i + 1)
  local length, low, high = nil, 0x80, 0xBF
  if first >= 0xC2 and first <= 0xDF then
    length = 2
  elseif first >= 0xE0 and first <= 0xEF then
    length = 3
    if first == 0xE0 then low = 0xA0 elseif first == 0xED then high = 0x9F end
  elseif first >= 0xF0 and first <= 0xF4 then
    length = 4
    if first == 0xF0 then low = 0x90 elseif first == 0xF4 then high = 0x8F end
  end
  if not length or not second or second < low or second > high then return nil end
  for at = i + 2, i + length - 1 do
    local next_byte = byte(text, at)
    if not next_byte or next_byte < 0x80 or next_byte > 0xBF then return nil end
  end
  return length
end

local function replace_invalid(run)
  local parts, i = {}, 1
  while i <= #run do
    local length = sequence_length(run, i)
    parts[#parts + 1] = length and sub(run, i, i + length - 1) or REPLACEMENT
    i = i + (length or 1)
  end
  return table.concat(parts)
end

-- `text` as a JSON string.
function json.text(text)
  if find(text, '[%c"\\\127-\255]') then
    text = gsub(text, '[%c"\\\127]', escape)
    text = gsub(text, "[\128-\255]+", replace_invalid)
  end
  return '"' .. text .. '"'
end

-- At most `limit` bytes of `text` as a JSON string.
function json.short_text(text, limit)
  if #text > limit then text = sub(text, 1, limit) end
  return json.text(text)
end

return json
