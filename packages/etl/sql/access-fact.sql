-- One row for each request, with what the definitions (README.md, version 1) say about it.
-- `covered` holds the spans that were read completely; rows of no other span count.
SELECT
  access_log.*,
  method = 'GET'
    AND (status BETWEEN 200 AND 299 OR status = 304)
    AND agent IS DISTINCT FROM 'bot'
    AND CASE
      WHEN content_type IS NOT NULL THEN
        lower(content_type) = 'text/html' OR lower(content_type) LIKE 'text/html;%'
      -- A 304 carries no media type: there the path decides.
      WHEN status = 304 THEN
        path NOT LIKE '%.%' OR path LIKE '%/' OR path LIKE '%.html' OR path LIKE '%.htm'
      ELSE false
    END AS is_page_view,
  CASE WHEN agent IS DISTINCT FROM 'bot' THEN client END AS visitor,
  coalesce(cache, 'NONE') IN ('HIT', 'STALE', 'UPDATING', 'REVALIDATED') AS is_hit,
  coalesce(cache, 'NONE') IN ('MISS', 'EXPIRED') AS is_miss,
  coalesce(cache, 'NONE') = 'BYPASS' AS is_bypass
FROM access_log
JOIN covered ON stamp_ns >= covered.start_ns AND stamp_ns < covered.end_ns
