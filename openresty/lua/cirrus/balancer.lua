-- Chooses the peer of each origin attempt. Cache updates in the background run here without the
-- request's own ngx.ctx, so the domain is found again through a variable.

local ngx_balancer = require("ngx.balancer")
local domains = require("cirrus.domains")
local origins = require("cirrus.origins")

local balancer = {}

-- To nginx "no live peer": a stale copy is served if there is one, else 502.
local NGX_BUSY = -3

local function plan(ctx)
  local domain = domains.last_known(ngx.var.cirrus_domain)
  local pool = domain and domain.pools[ngx.var.cirrus_origin:match("^%a+")]
  local peers = pool and origins.peers(pool) or {}
  if #peers > 1 then ngx_balancer.set_more_tries(#peers - 1) end
  ctx.peers, ctx.tried, ctx.attempt_labels = peers, 0, {}
  return peers
end

function balancer.choose()
  local ctx = ngx.ctx
  local peers = ctx.peers or plan(ctx)
  if #peers == 0 then
    ngx.log(ngx.ERR, "cirrus: no address of an origin of ", ngx.var.cirrus_domain, " is known")
    return ngx.exit(NGX_BUSY)
  end
  -- A kept-alive connection that the origin had closed is one more try, hence the remainder.
  local peer = peers[ctx.tried % #peers + 1]
  ctx.tried = ctx.tried + 1
  ctx.attempt_labels[ctx.tried] = peer.label
  ngx.var.cirrus_sni = peer.sni
  assert(ngx_balancer.set_current_peer(peer.address, peer.port))
end

return balancer
