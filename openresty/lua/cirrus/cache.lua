-- What the cache may do with a request.

local cache = {}

-- Times to live that nginx.conf has a location for. A domain's own is rounded down to one of them:
-- never longer than asked. It counts where the origin's answer has no Cache-Control or Expires.
cache.ttl_steps = {
  1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14400, 28800,
  43200, 86400, 259200, 604800, 2592000, 31536000,
}

-- The named location for a time to live in seconds.
function cache.location(ttl)
  local best
  for _, step in ipairs(cache.ttl_steps) do
    if ttl and step <= ttl then best = step end
  end
  return best and "@ttl_" .. best or "@origin"
end

-- What the cache did, for logs and metrics. nginx says nothing about methods it never caches.
function cache.verdict(status, was_proxied)
  if status and status ~= "" then return status end
  return was_proxied and "BYPASS" or "NONE"
end

return cache
