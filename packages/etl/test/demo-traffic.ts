import { logEvents } from '@cirrus/catalog'

/** One line as an edge would have logged it, with the stamp that the shipper gave it. */
export interface DemoLine {
  readonly stampNs: bigint
  readonly event: string
  readonly fields: {
    readonly domain: string
    readonly env: string
    readonly team: string
    readonly business: string
    readonly request_id: string
    readonly status: number
    readonly bytes_out: number
    readonly cache: string
    readonly client: string
    readonly agent: string
    readonly content_type: string
    readonly origin_requests: number
    readonly origin_bytes: number
    readonly [name: string]: string | number
  }
}

const sites = [
  { domain: 'news.demo.test', team: 'newsroom', business: 'news', content_type: 'text/html' },
  { domain: 'shop.demo.test', team: 'commerce', business: 'retail', content_type: 'text/html' },
  { domain: 'video.demo.test', team: 'media', business: 'video', content_type: 'video/mp4' },
] as const

const caches = ['HIT', 'HIT', 'HIT', 'MISS', 'BYPASS', 'EXPIRED'] as const
const agents = ['browser', 'browser', 'tool', 'bot'] as const

/**
 * Lines of three domains spread over a span, the three always on one stamp; the first line is on the
 * first nanosecond of the span, the last on its last.
 */
export function makeDemoLines(count: number, startMs: number, endMs: number): readonly DemoLine[] {
  const startNs = BigInt(startMs) * 1_000_000n
  const lengthNs = BigInt(endMs - startMs) * 1_000_000n - 1n
  const ticks = Math.ceil(count / sites.length)
  return Array.from({ length: count }, (_, n) => {
    const site = sites[n % sites.length] ?? sites[0]
    const tick = Math.floor(n / sites.length)
    const isFromOrigin = caches[(n >> 1) % caches.length] !== 'HIT'
    return {
      stampNs: startNs + (lengthNs * BigInt(tick)) / BigInt(ticks - 1),
      event: logEvents.edgeRequest.name,
      fields: {
        ...site,
        env: 'production',
        request_id: `r${n}`,
        node: n % 2 === 0 ? 'edge-a' : 'edge-b',
        method: n % 11 === 0 ? 'POST' : 'GET',
        path: `/p/${n % 40}?`,
        status: n % 13 === 0 ? 502 : 200,
        bytes_out: 500 + ((n * 7919) % 100_000),
        bytes_in: 300,
        cache: caches[(n >> 1) % caches.length] ?? 'HIT',
        client: `c${(n * 31) % 700}`,
        agent: agents[(n >> 2) % agents.length] ?? 'browser',
        origin_requests: isFromOrigin ? 1 : 0,
        origin_bytes: isFromOrigin ? 400 + (n % 5000) : 0,
        duration: (n % 90) / 1000,
      },
    }
  })
}

/** The sums that an export must tell, found without it. */
export function sumUp(lines: readonly DemoLine[]) {
  const fields = lines.map((line) => line.fields)
  const count = (test: (line: DemoLine['fields']) => boolean) => fields.filter(test).length
  const sum = (name: 'bytes_out' | 'origin_requests' | 'origin_bytes') =>
    fields.reduce((total, line) => total + line[name], 0)
  return {
    requests: fields.length,
    page_views: count(
      ({ method, status, content_type, agent }) =>
        method === 'GET' && status === 200 && content_type === 'text/html' && agent !== 'bot',
    ),
    unique_visitors: new Set(fields.filter(({ agent }) => agent !== 'bot').map((one) => one.client))
      .size,
    hits: count(({ cache }) => cache === 'HIT'),
    misses: count(({ cache }) => cache === 'MISS' || cache === 'EXPIRED'),
    bypasses: count(({ cache }) => cache === 'BYPASS'),
    bytes_out: sum('bytes_out'),
    origin_requests: sum('origin_requests'),
    origin_bytes: sum('origin_bytes'),
  }
}

/** Stores lines in Loki as the shipper does: one stream a request, the object as the line. */
export async function pushLines(lokiUrl: string, lines: readonly DemoLine[]): Promise<void> {
  for (const site of sites) {
    const group = lines.filter(({ fields }) => fields.domain === site.domain)
    if (group.length === 0) continue
    const { domain, team, business } = site
    const stream = { service: 'edge', env: 'production', team, business, domain }
    const response = await fetch(`${lokiUrl}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ streams: [{ stream, values: group.map(toValue) }] }),
      signal: AbortSignal.timeout(20_000),
    })
    if (response.status !== 204) throw new Error(`${response.status} ${await response.text()}`)
  }
}

function toValue({ stampNs, event, fields }: DemoLine): readonly [string, string, object] {
  const time = new Date(Number(stampNs / 1_000_000n)).toISOString()
  const line = JSON.stringify({ time, level: 'info', service: 'edge', event, ...fields })
  return [String(stampNs), line, { event, request_id: fields.request_id, cache: fields.cache }]
}
