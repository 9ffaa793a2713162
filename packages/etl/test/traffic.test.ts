import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labels } from '@cirrus/catalog'
import { type Sink, openDuckDbSink } from '@cirrus/warehouse'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessLogTable, summarizeTraffic } from '../src/index.ts'

let dir: string
let sink: Sink

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cirrus-traffic-'))
  sink = await openDuckDbSink({ dir, tables: [accessLogTable] })
})

afterAll(async () => {
  await sink.close()
  await rm(dir, { recursive: true })
})

const request = {
  stamp_ns: '5',
  tenant: 'fake',
  time: '2026-11-23T20:00:00Z',
  domain: 'news.demo.test',
  env: 'production',
  team: 'newsroom',
  business: 'news',
  method: 'GET',
  path: '/',
  status: 200,
  bytes_out: 1000,
  bytes_in: 100,
  cache: 'HIT',
  client: 'c1',
  agent: 'browser',
  content_type: 'text/html; charset=utf-8',
  origin_requests: 0,
  origin_bytes: 0,
}
type Changes = { readonly [Name in keyof typeof request]?: (typeof request)[Name] | null }

let nextId = 0
async function load(...rows: readonly (Changes & { readonly request_id?: string })[]) {
  const rowsFile = join(dir, 'rows.ndjson')
  const lines = rows.map((row) => ({ ...request, request_id: `r${(nextId += 1)}`, ...row }))
  await writeFile(rowsFile, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const slice = { window: { startNs: 0n, endNs: 2_000_000n }, equals: {} }
  await sink.loadBatch({ table: 'access_log', slice, rowsFile, rowCount: rows.length })
}

const question = { spans: [{ startMs: 0, endMs: 1 }], tenant: 'fake', pricePerGb: '0.04' }
const total = async () => (await summarizeTraffic(sink, question)).total

beforeEach(() => load())

describe('page views', () => {
  it.each<[string, Changes, number]>([
    ['a page', {}, 1],
    ['a page without charset', { content_type: 'Text/HTML' }, 1],
    ['a page read by a tool', { agent: 'tool' }, 1],
    ['a page read by something without agent', { agent: null }, 1],
    ['a page that has not changed', { status: 304, content_type: null, path: '/a/b' }, 1],
    ['an unchanged .html', { status: 304, content_type: null, path: '/a.html' }, 1],
    ['an unchanged folder with a dot', { status: 304, content_type: null, path: '/v1.2/' }, 1],
    ['an unchanged picture', { status: 304, content_type: null, path: '/a.png' }, 0],
    ['an answer without type', { content_type: null }, 0],
    ['another type that begins so', { content_type: 'text/html5' }, 0],
    ['a page read by a bot', { agent: 'bot' }, 0],
    ['a HEAD', { method: 'HEAD' }, 0],
    ['a request without method', { method: null }, 0],
    ['a redirect', { status: 301 }, 0],
    ['an error page', { status: 500 }, 0],
    ['a picture', { content_type: 'image/png' }, 0],
  ])('%s', async (_, changes, wanted) => {
    await load(changes)
    expect((await total()).page_views).toBe(wanted)
  })
})

describe('unique visitors', () => {
  it('counts clients once, bots and requests without client never', async () => {
    await load({}, {}, { client: 'c2' }, { client: 'c3', agent: 'bot' }, { client: null })
    expect((await total()).unique_visitors).toBe(2)
  })

  it('counts a client of two domains once in the total', async () => {
    await load({}, { domain: 'shop.demo.test' })
    const { total: all, domains } = await summarizeTraffic(sink, question)
    expect(domains.map((one) => one.unique_visitors)).toEqual([1, 1])
    expect(all.unique_visitors).toBe(1)
  })
})

describe('hit ratio', () => {
  it('knows every cache status of the catalog', async () => {
    const verdicts: Record<string, string> = {}
    for (const cache of labels.cacheStatus.values ?? []) {
      await load({ cache })
      const { hits, misses, bypasses } = await total()
      verdicts[cache] = `${hits}${misses}${bypasses}`
    }
    expect(verdicts).toEqual({
      HIT: '100',
      STALE: '100',
      UPDATING: '100',
      REVALIDATED: '100',
      MISS: '010',
      EXPIRED: '010',
      BYPASS: '001',
      NONE: '000',
    })
  })

  it('is told with and without bypasses', async () => {
    await load({}, {}, {}, { cache: 'MISS' }, { cache: 'BYPASS' }, { cache: 'NONE' })
    expect(await total()).toMatchObject({ hit_ratio: 0.75, hit_ratio_with_bypass: 0.6 })
  })

  it('is absent where nothing could hit', async () => {
    await load({ cache: 'NONE' })
    expect(await total()).toMatchObject({ hit_ratio: null, hit_ratio_with_bypass: null })
  })
})

describe('origin ratio', () => {
  it('is told by requests and by bytes, and may exceed 1', async () => {
    await load({ origin_requests: 3, origin_bytes: 2000 }, { bytes_out: 0 })
    expect(await total()).toMatchObject({ origin_request_ratio: 1.5, origin_byte_ratio: 2 })
  })
})

describe('cost', () => {
  it('is exact where floating point is not', async () => {
    await load({ bytes_out: 7_123_456_789_012_345 }, { bytes_out: 1 })
    const { cost } = (await summarizeTraffic(sink, { ...question, pricePerGb: '999.000001' })).total
    // 7123456789012346 × 999.000001 / 10^9
    expect(cost).toBe('7116333339.346790443012346')
  })
})

describe('summarizeTraffic', () => {
  it('keeps a domain apart by owner', async () => {
    await load({}, { team: 'media' }, { team: null, env: null, business: null })
    const { domains } = await summarizeTraffic(sink, question)
    expect(domains.map(({ team, requests }) => [team, requests])).toEqual([
      ['media', 1],
      ['newsroom', 1],
      [null, 1],
    ])
  })

  it('counts rows of covered spans only, and of one tenant and domain', async () => {
    await load(
      { stamp_ns: '0' },
      { stamp_ns: '999999' },
      { stamp_ns: '1000000' },
      { tenant: 'other' },
      { domain: 'shop.demo.test' },
    )
    expect((await total()).requests).toBe(3)
    const shop = await summarizeTraffic(sink, { ...question, domain: 'shop.demo.test' })
    expect(shop.total.requests).toBe(1)
    expect((await summarizeTraffic(sink, { ...question, spans: [] })).total.requests).toBe(0)
  })

  it('counts lines that were delivered twice', async () => {
    await load(
      { request_id: 'a' },
      { request_id: 'a', stamp_ns: '6' },
      { request_id: 'a', time: '2026-11-23T20:00:00.001Z' },
      { request_id: 'b' },
    )
    expect((await total()).repeated_requests).toBe(1)
  })

  it('answers with zeros and without ratios where there is nothing', async () => {
    expect(await summarizeTraffic(sink, question)).toEqual({
      domains: [],
      total: {
        requests: 0,
        page_views: 0,
        unique_visitors: 0,
        hits: 0,
        misses: 0,
        bypasses: 0,
        hit_ratio: null,
        hit_ratio_with_bypass: null,
        bytes_out: 0,
        bytes_in: 0,
        origin_requests: 0,
        origin_bytes: 0,
        origin_request_ratio: null,
        origin_byte_ratio: null,
        repeated_requests: 0,
        cost: '0.000000000000000',
      },
    })
  })
})
