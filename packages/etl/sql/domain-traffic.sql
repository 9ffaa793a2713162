-- Traffic of each domain and of all together; version 1 of the definitions in README.md.
SELECT
  1 AS definitions_version,
  *,
  CAST(hits AS DOUBLE PRECISION) / nullif(hits + misses, 0) AS hit_ratio,
  CAST(hits AS DOUBLE PRECISION) / nullif(hits + misses + bypasses, 0) AS hit_ratio_with_bypass,
  CAST(origin_requests AS DOUBLE PRECISION) / nullif(requests, 0) AS origin_request_ratio,
  CAST(origin_bytes AS DOUBLE PRECISION) / nullif(bytes_out, 0) AS origin_byte_ratio,
  -- Times 10^-9, since a division would turn the decimals into floating point.
  CAST(bytes_out AS DECIMAL(20, 0))
    * CAST($price_per_gb AS DECIMAL(9, 6))
    * CAST(0.000000001 AS DECIMAL(9, 9)) AS cost
FROM (
  SELECT
    grouping(domain) = 1 AS is_total,
    domain,
    env,
    team,
    business,
    count(*) AS requests,
    count(*) FILTER (WHERE is_page_view) AS page_views,
    count(DISTINCT visitor) AS unique_visitors,
    count(*) FILTER (WHERE is_hit) AS hits,
    count(*) FILTER (WHERE is_miss) AS misses,
    count(*) FILTER (WHERE is_bypass) AS bypasses,
    coalesce(sum(bytes_out), 0) AS bytes_out,
    coalesce(sum(bytes_in), 0) AS bytes_in,
    coalesce(sum(origin_requests), 0) AS origin_requests,
    coalesce(sum(origin_bytes), 0) AS origin_bytes,
    -- Clients may name their requests, so an id alone can come twice; a whole line can not.
    count(*) - count(DISTINCT ROW(domain, time, node, request_id, method, path, status, bytes_out, duration))
      AS repeated_requests
  FROM access_fact
  WHERE tenant = $tenant AND (domain = $domain OR $domain = '')
  GROUP BY GROUPING SETS ((domain, env, team, business), ())
) AS sums
ORDER BY is_total, domain, env, team, business
