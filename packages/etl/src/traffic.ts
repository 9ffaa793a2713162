import { readFile } from 'node:fs/promises'
import type { Row, Sink } from '@cirrus/warehouse'
import { type Span, toWindow } from './span.ts'

/** Sums of one domain or of all. Names are those of columns, CSV headers and JSON keys alike. */
export interface Traffic {
  readonly requests: number
  readonly page_views: number
  readonly unique_visitors: number
  readonly hits: number
  readonly misses: number
  readonly bypasses: number
  /** Hits per hit or miss; null where there was neither. */
  readonly hit_ratio: number | null
  readonly hit_ratio_with_bypass: number | null
  readonly bytes_out: number
  readonly bytes_in: number
  readonly origin_requests: number
  readonly origin_bytes: number
  readonly origin_request_ratio: number | null
  readonly origin_byte_ratio: number | null
  /** Lines that were delivered twice: equal to another one in all but the stamp. */
  readonly repeated_requests: number
  /** An exact decimal number. */
  readonly cost: string
}

/** Traffic of one domain while it belonged to one team. */
export interface DomainTraffic extends Traffic {
  readonly domain: string
  readonly env: string | null
  readonly team: string | null
  readonly business: string | null
}

export interface TrafficSummary {
  readonly total: Traffic
  readonly domains: readonly DomainTraffic[]
}

export interface TrafficQuestion {
  /** Where rows count. */
  readonly spans: readonly Span[]
  readonly tenant: string
  readonly domain?: string
  /** A decimal number: what 10^9 bytes to clients cost. */
  readonly pricePerGb: string
}

/** Sums up what the warehouse holds of some spans. */
export async function summarizeTraffic(
  sink: Pick<Sink, 'query'>,
  { spans, tenant, domain = '', pricePerGb }: TrafficQuestion,
): Promise<TrafficSummary> {
  const [accessFact, domainTraffic] = await Promise.all([
    readSql('access-fact'),
    readSql('domain-traffic'),
  ])
  const sql = `WITH covered AS (${selectSpans(spans)}), access_fact AS (${accessFact}) ${domainTraffic}`
  const rows = await sink.query(sql, { tenant, domain, price_per_gb: pricePerGb })
  const total = rows.find((row) => row['is_total'] === true)
  if (total === undefined) throw new TypeError('The summary has no total')
  const domains = rows.filter((row) => row !== total)
  return { total: toTraffic(total), domains: domains.map(toDomainTraffic) }
}

function readSql(name: string): Promise<string> {
  return readFile(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8')
}

function selectSpans(spans: readonly Span[]): string {
  const values = spans.map(toWindow).map(({ startNs, endNs }) => `(${startNs}, ${endNs})`)
  // One that no stamp is in, so that there is a list where nothing was covered.
  return `SELECT * FROM (VALUES ${['(0, 0)', ...values].join(', ')}) AS span (start_ns, end_ns)`
}

function toDomainTraffic(row: Row): DomainTraffic {
  return {
    domain: String(row['domain']),
    env: textOf(row, 'env'),
    team: textOf(row, 'team'),
    business: textOf(row, 'business'),
    ...toTraffic(row),
  }
}

function toTraffic(row: Row): Traffic {
  return {
    requests: countOf(row, 'requests'),
    page_views: countOf(row, 'page_views'),
    unique_visitors: countOf(row, 'unique_visitors'),
    hits: countOf(row, 'hits'),
    misses: countOf(row, 'misses'),
    bypasses: countOf(row, 'bypasses'),
    hit_ratio: ratioOf(row, 'hit_ratio'),
    hit_ratio_with_bypass: ratioOf(row, 'hit_ratio_with_bypass'),
    bytes_out: countOf(row, 'bytes_out'),
    bytes_in: countOf(row, 'bytes_in'),
    origin_requests: countOf(row, 'origin_requests'),
    origin_bytes: countOf(row, 'origin_bytes'),
    origin_request_ratio: ratioOf(row, 'origin_request_ratio'),
    origin_byte_ratio: ratioOf(row, 'origin_byte_ratio'),
    repeated_requests: countOf(row, 'repeated_requests'),
    cost: String(row['cost']),
  }
}

function textOf(row: Row, name: string): string | null {
  const value = row[name]
  return typeof value === 'string' ? value : null
}

function countOf(row: Row, name: string): number {
  const value = Number(row[name])
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} is ${row[name]}: no exact count`)
  return value
}

function ratioOf(row: Row, name: string): number | null {
  const value = row[name]
  return typeof value === 'number' ? value : null
}
