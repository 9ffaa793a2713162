-- Host names that may name a domain; anything else is never looked up.

local host_name = {}

function host_name.is_valid(name)
  return name ~= nil and #name <= 253 and name:find("^[%w_][%w_.-]*$") ~= nil
end

return host_name
