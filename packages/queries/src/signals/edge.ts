import { edgeMetrics as metric, logEvents } from '@cirrus/catalog'
import { min, sum } from '../aggregate.ts'
import { ratio } from '../arithmetic.ts'
import { observations, quantile } from '../histogram.ts'
import { lineRate, linesOf, rename, saying } from '../lines.ts'
import { matching, not } from '../matcher.ts'
import { gauge, increase, rate } from '../series.ts'
import { defineSignal } from '../signal.ts'

const requests = sum(rate(metric.httpRequests)).by('host')
const requestCount = sum(increase(metric.httpRequests)).by('host')
const originAttempts = sum(rate(metric.upstreamRequests)).by('host')

const fromCache = ['HIT', 'STALE', 'UPDATING', 'REVALIDATED'] as const
const cacheable = [...fromCache, 'MISS', 'EXPIRED'] as const

/** Error log lines that name a domain and match a pattern. Metrics call a domain `host`. */
function aboutDomain(pattern: string) {
  const lines = saying(linesOf(logEvents.edgeError, { domain: not('') }), pattern)
  return sum(lineRate(rename(lines, 'domain', 'host'))).by('host', 'env', 'team', 'business')
}

/** Traffic, cache and origins as the edges see them; results are per domain unless said otherwise. */
export const edgeSignals = {
  requestRate: defineSignal({
    name: 'edge_request_rate',
    title: 'Requests',
    description: 'Requests answered per second, whatever the status.',
    direction: 'neutral',
    expr: requests,
    thresholds: {},
  }),
  statusRate: defineSignal({
    name: 'edge_status_rate',
    title: 'Responses by status',
    description: 'Responses per second by HTTP status, all selected domains together.',
    direction: 'neutral',
    expr: sum(rate(metric.httpRequests)).by('status'),
    thresholds: {},
  }),
  errorRatio: defineSignal({
    name: 'edge_error_ratio',
    title: 'Error ratio',
    description: 'Share of requests answered with a 5xx status.',
    direction: 'higher_is_worse',
    expr: ratio(sum(rate(metric.httpRequests, { status: matching('5..') })).by('host'), requests),
    thresholds: { page: 0.05, ticket: 0.02 },
    minEvents: { events: requestCount, atLeast: 20 },
  }),
  latencyP99: defineSignal({
    name: 'edge_latency_p99',
    title: 'Latency, 99th percentile',
    description: 'Time from the first byte of a request to the last byte of its response.',
    direction: 'higher_is_worse',
    expr: quantile(0.99, metric.httpRequestDuration).by('host'),
    thresholds: { page: 2.5, ticket: 1 },
    minEvents: { events: requestCount, atLeast: 50 },
  }),
  latencyP95: defineSignal({
    name: 'edge_latency_p95',
    title: 'Latency, 95th percentile',
    description: 'Time from the first byte of a request to the last byte of its response.',
    direction: 'higher_is_worse',
    expr: quantile(0.95, metric.httpRequestDuration).by('host'),
    thresholds: {},
  }),
  hitRatio: defineSignal({
    name: 'edge_cache_hit_ratio',
    title: 'Cache hit ratio',
    description: 'Share of cacheable requests answered from the cache, stale copies included.',
    direction: 'lower_is_worse',
    expr: ratio(
      sum(rate(metric.cacheStatus, { status: fromCache })).by('host'),
      sum(rate(metric.cacheStatus, { status: cacheable })).by('host'),
    ),
    thresholds: { ticket: 0.3 },
    minEvents: {
      events: sum(increase(metric.cacheStatus, { status: cacheable })).by('host'),
      atLeast: 50,
    },
  }),
  cacheVerdictRate: defineSignal({
    name: 'edge_cache_verdict_rate',
    title: 'Cache verdicts',
    description: 'Requests per second by what the cache did, all selected domains together.',
    direction: 'neutral',
    expr: sum(rate(metric.cacheStatus)).by('status'),
    thresholds: {},
  }),
  bytesRate: defineSignal({
    name: 'edge_bytes_rate',
    title: 'Bytes to clients',
    description: 'Bytes sent to clients per second, headers included.',
    direction: 'neutral',
    expr: sum(rate(metric.httpResponseBytes)).by('host'),
    thresholds: {},
  }),
  originRatio: defineSignal({
    name: 'edge_origin_ratio',
    title: 'Origin ratio',
    description: 'Origin attempts per request; above 1 when attempts are repeated.',
    direction: 'neutral',
    expr: ratio(originAttempts, requests),
    thresholds: {},
  }),
  originErrorRatio: defineSignal({
    name: 'edge_origin_error_ratio',
    title: 'Origin error ratio',
    description: 'Share of origin attempts that failed or were answered with a 5xx status.',
    direction: 'higher_is_worse',
    expr: ratio(
      sum(rate(metric.upstreamErrors)).by('host', 'origin'),
      sum(rate(metric.upstreamRequests)).by('host', 'origin'),
    ),
    thresholds: { ticket: 0.05 },
    minEvents: {
      events: sum(increase(metric.upstreamRequests)).by('host', 'origin'),
      atLeast: 20,
    },
  }),
  originAttemptRate: defineSignal({
    name: 'edge_origin_attempt_rate',
    title: 'Origin attempts',
    description: 'Attempts sent to an origin per second.',
    direction: 'neutral',
    expr: sum(rate(metric.upstreamRequests)).by('host', 'origin'),
    thresholds: {},
  }),
  originTimeoutRate: defineSignal({
    name: 'edge_origin_timeout_rate',
    title: 'Origin timeouts',
    description: 'Origin attempts that timed out per second.',
    direction: 'higher_is_worse',
    expr: sum(rate(metric.upstreamTimeouts)).by('host', 'origin'),
    thresholds: {},
  }),
  originLatencyP95: defineSignal({
    name: 'edge_origin_latency_p95',
    title: 'Origin latency, 95th percentile',
    description: 'Time an origin took to answer.',
    direction: 'higher_is_worse',
    expr: quantile(0.95, metric.upstreamResponse).by('host'),
    thresholds: { ticket: 2.5 },
    minEvents: {
      events: sum(increase(observations(metric.upstreamResponse))).by('host'),
      atLeast: 20,
    },
  }),
  tlsErrorRate: defineSignal({
    name: 'edge_tls_error_rate',
    title: 'TLS handshake errors',
    description: 'TLS handshakes that failed per second, by where they failed.',
    direction: 'higher_is_worse',
    expr: sum(rate(metric.tlsHandshakeErrors)).by('phase'),
    thresholds: {},
  }),
  connections: defineSignal({
    name: 'edge_connections',
    title: 'Client connections',
    description: 'Client connections by state, all edges together.',
    direction: 'neutral',
    expr: sum(gauge(metric.connections)).by('state'),
    thresholds: {},
  }),
  logErrorRate: defineSignal({
    name: 'edge_log_error_rate',
    title: 'Error log lines',
    description: 'Lines per second in the error log of the edges that name a domain.',
    direction: 'higher_is_worse',
    // Metrics call it `host`, logs `domain`: alerts of both kinds must group together.
    expr: sum(
      lineRate(rename(linesOf(logEvents.edgeError, { domain: not('') }), 'domain', 'host')),
    ).by('host', 'env', 'team', 'business'),
    thresholds: { ticket: 0.5 },
  }),
  redisUp: defineSignal({
    name: 'edge_redis_up',
    title: 'Redis as edges see it',
    description: 'Whether an edge hears of purges and changed domains.',
    direction: 'lower_is_worse',
    expr: min(gauge(metric.redisUp)).by('instance'),
    thresholds: { ticket: 1 },
  }),
  logUpstreamTimeoutRate: defineSignal({
    name: 'edge_log_upstream_timeout_rate',
    title: 'Log lines: origin timeouts',
    description: 'Error log lines per second that say an origin timed out.',
    direction: 'higher_is_worse',
    expr: aboutDomain('upstream timed out'),
    thresholds: { ticket: 0.1 },
  }),
  logTlsFailureRate: defineSignal({
    name: 'edge_log_tls_failure_rate',
    title: 'Log lines: TLS with origins',
    description: 'Error log lines per second that say a TLS handshake with an origin failed.',
    direction: 'higher_is_worse',
    expr: aboutDomain('SSL_do_handshake|certificate verify|certificate does not match'),
    thresholds: { ticket: 0.1 },
  }),
  logLuaErrorRate: defineSignal({
    name: 'edge_log_lua_error_rate',
    title: 'Log lines: Lua errors',
    description: 'Error log lines per second that say code of the edge itself failed.',
    direction: 'higher_is_worse',
    expr: sum(
      lineRate(
        saying(
          linesOf(logEvents.edgeError),
          'lua entry thread aborted|runtime error|cirrus: telemetry failed',
        ),
      ),
    ),
    thresholds: { ticket: 0.02 },
  }),
  requestBytesRate: defineSignal({
    name: 'edge_request_bytes_rate',
    title: 'Bytes from clients',
    description: 'Bytes received from clients per second, headers included.',
    direction: 'neutral',
    expr: sum(rate(metric.httpRequestBytes)).by('host'),
    thresholds: {},
  }),
  configLookupRate: defineSignal({
    name: 'edge_config_lookup_rate',
    title: 'Configuration lookups',
    description: 'Domain configuration lookups per second by how they were answered.',
    direction: 'neutral',
    expr: sum(rate(metric.configLookups)).by('result'),
    thresholds: {},
  }),
  purgeRate: defineSignal({
    name: 'edge_purge_rate',
    title: 'Purges',
    description: 'Purges applied per second by what they covered, all edges together.',
    direction: 'neutral',
    expr: sum(rate(metric.purges)).by('scope'),
    thresholds: {},
  }),
  metricErrorRate: defineSignal({
    name: 'edge_metric_error_rate',
    title: 'Samples not recorded',
    description: 'Samples per second that an edge could not record: its numbers are too low.',
    direction: 'higher_is_worse',
    expr: sum(rate(metric.metricErrors)).by('instance'),
    thresholds: {},
  }),
} as const
