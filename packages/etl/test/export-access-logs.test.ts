import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startLoki, waitUntil, whyMissing } from '@cirrus/servers'
import { type Sink, openDuckDbSink } from '@cirrus/warehouse'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ExportOptions,
  type ExportReport,
  LokiRefusedError,
  LokiUnavailableError,
  type ReadLimits,
  accessLogTable,
  exportAccessLogs,
  isExact,
} from '../src/index.ts'
import { makeDemoLines, pushLines, sumUp } from './demo-traffic.ts'
import { type Fault, type ProxiedRequest, startFaultProxy } from './fault-proxy.ts'

const reason = await whyMissing('loki')
const title = reason === undefined ? '' : ` (skipped: ${reason})`

const WINDOW_MS = 300_000
const startMs = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS - 4 * WINDOW_MS
const endMs = startMs + 3 * WINDOW_MS
const lines = makeDemoLines(12_345, startMs, endMs)

describe.skipIf(reason !== undefined)(`exportAccessLogs${title}`, () => {
  let loki: Awaited<ReturnType<typeof startLoki>>
  let dir: string
  let sink: Sink

  beforeAll(async () => {
    loki = await startLoki()
    await pushLines(loki.url, lines)
    const [first, second, third] = lines
    if (!first || !second || !third) throw new Error('no lines')
    const beyond = BigInt(endMs) * 1_000_000n
    await pushLines(loki.url, [
      // Next to the window, and in it but no access log lines.
      { ...first, stampNs: beyond },
      { ...second, stampNs: BigInt(startMs) * 1_000_000n - 1n },
      { ...third, event: 'edge.error' },
    ])
    await waitUntil(async () => (await countAll()) === lines.length + 2)
  })

  afterAll(() => loki.stop())

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cirrus-export-'))
    sink = await openDuckDbSink({ dir, tables: [accessLogTable] })
  })

  afterEach(async () => {
    await sink.close()
    await rm(dir, { recursive: true })
  })

  async function countAll(): Promise<number> {
    const query = 'sum(count_over_time({service="edge"} | event="edge.request" [1h]))'
    const response = await fetch(
      `${loki.url}/loki/api/v1/query?${new URLSearchParams({ query })}`,
      { signal: AbortSignal.timeout(10_000) },
    )
    return Number(JSON.parse(await response.text()).data.result[0]?.value[1])
  }

  const quick: Partial<ReadLimits> = { attempts: 2, backoffMs: 1, timeoutMs: 20_000 }
  const exportAll = (changes: Partial<ExportOptions> = {}): Promise<ExportReport> =>
    exportAccessLogs({
      lokiUrl: loki.url,
      start: new Date(startMs),
      end: new Date(endMs),
      sink,
      prices: { perGb: '0.04' },
      dir,
      now: () => new Date(endMs),
      ...changes,
      limits: { ...quick, ...changes.limits },
    })

  async function stored(): Promise<Readonly<Record<string, string>>> {
    const folder = join(dir, 'access_log')
    const names = await readdir(folder)
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'base64')))
    return Object.fromEntries(names.map((name, index) => [name, contents[index] ?? '']))
  }

  async function ledger(): Promise<readonly Record<string, unknown>[]> {
    const text = await readFile(join(dir, 'ledger.jsonl'), 'utf8')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).record)
  }

  async function exportThrough(
    faultOf: (request: ProxiedRequest) => Fault,
    limits: Partial<ReadLimits> = {},
  ): Promise<ExportReport> {
    const proxy = await startFaultProxy(loki.url, faultOf)
    try {
      return await exportAll({ lokiUrl: proxy.url, limits })
    } finally {
      await proxy.close()
    }
  }

  it('tells the sums of the lines, in total and by domain', async () => {
    const report = await exportAll()
    expect(isExact(report)).toBe(true)
    expect(report.rows).toBe(lines.length)
    expect(report.total).toMatchObject(sumUp(lines))
    for (const { domain, ...traffic } of report.domains) {
      expect(traffic).toMatchObject(sumUp(lines.filter(({ fields }) => fields.domain === domain)))
    }
    expect(report.domains.map(({ domain, team }) => [domain, team])).toEqual([
      ['news.demo.test', 'newsroom'],
      ['shop.demo.test', 'commerce'],
      ['video.demo.test', 'media'],
    ])
    expect(Number(report.total.cost)).toBeCloseTo((sumUp(lines).bytes_out * 0.04) / 1e9, 12)
  })

  it('keeps every line once, with its own stamp', async () => {
    await exportAll()
    const rows = await sink.query('SELECT request_id, stamp_ns FROM access_log')
    const wanted = lines.map(({ fields, stampNs }) => `${fields.request_id} ${stampNs}`)
    expect(rows.map((row) => `${row['request_id']} ${row['stamp_ns']}`).toSorted()).toEqual(
      wanted.toSorted(),
    )
  })

  it('writes the same bytes when run again', async () => {
    const report = await exportAll()
    const before = await stored()
    expect(await exportAll()).toEqual(report)
    expect(await stored()).toEqual(before)
    expect(Object.keys(before)).toHaveLength(3)
  })

  it('writes the same bytes however it must cut', async () => {
    await exportAll()
    const before = await stored()
    const requests = (await ledger()).map((record) => record['requests'])
    expect(await exportAll({ limits: { maxPageLines: 97 } })).toMatchObject({ rows: lines.length })
    expect(await stored()).toEqual(before)
    const records = await ledger()
    expect(Number(records.at(-1)?.['requests'])).toBeGreaterThan(Number(requests.at(-1)) * 5)
  })

  it('cuts by bytes as well', async () => {
    const report = await exportAll({ limits: { maxPageBytes: 100_000 } })
    expect(report.total).toMatchObject(sumUp(lines))
    for (const { requests } of await ledger()) expect(Number(requests)).toBeGreaterThan(40)
  })

  it('replaces what overlaps', async () => {
    await exportAll()
    const start = new Date(startMs + 1234)
    const part = await exportAll({ start })
    const after = lines.filter(({ stampNs }) => stampNs >= BigInt(+start) * 1_000_000n)
    expect(part.total).toMatchObject(sumUp(after))
    expect(await exportAll()).toMatchObject({ total: sumUp(lines) })
  })

  it('reads one domain and leaves the others as they are', async () => {
    await exportAll()
    const { total } = await exportAll({ domain: 'shop.demo.test' })
    const shop = lines.filter(({ fields }) => fields.domain === 'shop.demo.test')
    expect(total).toMatchObject(sumUp(shop))
    expect(await sink.query('SELECT count(*) AS n FROM access_log')).toEqual([
      { n: String(lines.length) },
    ])
  })

  it('tells how far it is', async () => {
    const seen: string[] = []
    await exportAll({
      onProgress: ({ linesRead, linesExpected }) => seen.push(`${linesRead}/${linesExpected}`),
    })
    expect(seen.at(-1)).toBe(`${lines.length}/${lines.length}`)
    expect(seen.length).toBeGreaterThan(2)
  })

  it('writes each window to the ledger', async () => {
    await exportAll()
    const records = await ledger()
    expect(records).toHaveLength(3)
    expect(records.map((record) => record['state'])).toEqual(Array(3).fill('complete'))
    const sum = records.reduce((total, record) => total + Number(record['lines']), 0)
    expect(sum).toBe(lines.length)
  })

  it('says which window holds too many lines on one millisecond', async () => {
    const report = await exportAll({ limits: { maxPageLines: 2 } })
    expect(isExact(report)).toBe(false)
    expect(report.incomplete[0]?.reason).toMatch(/1 ms: it holds 3 lines, more than a page of 2/)
    expect(await sink.query('SELECT count(*) AS n FROM access_log')).toEqual([{ n: '0' }])
  })

  it('does not start without Loki', async () => {
    const lokiUrl = `http://127.0.0.1:${await freePort()}`
    await expect(exportAll({ lokiUrl })).rejects.toThrow(LokiUnavailableError)
  })

  it('passes on what Loki refuses', async () => {
    const tooMany = exportAll({ limits: { maxPageLines: 1_000_000, maxPageBytes: 1e12 } })
    await expect(tooMany).rejects.toThrow(LokiRefusedError)
    await expect(tooMany).rejects.toThrow('max entries limit')
  })

  it('ends at a signal and says what is missing', async () => {
    const abort = new AbortController()
    const report = await exportAll({ signal: abort.signal, onProgress: () => abort.abort() })
    expect(report.incomplete.map((one) => one.reason)).toEqual([
      'interrupted',
      'not tried: interrupted',
      'not tried: interrupted',
    ])
  })

  describe('behind a proxy', () => {
    const recoverable: Record<string, (request: ProxiedRequest) => Fault> = {
      'every third answer is a 500': ({ index }) => (index % 3 === 0 ? { status: 500 } : undefined),
      'every third answer is a 429': ({ index }) => (index % 3 === 1 ? { status: 429 } : undefined),
      'every second connection closes': ({ index }) =>
        index % 2 === 0 ? { closes: true } : undefined,
      'pages are cut at 300 lines': ({ kind }) =>
        kind === 'lines' ? { keeps: (entries) => Math.min(entries, 300) } : undefined,
      'every second page lacks a line': ({ kind, index }) =>
        kind === 'lines' && index % 2 === 0 ? { keeps: (entries) => entries - 1 } : undefined,
      'long windows close the connection': ({ kind, parameters }) =>
        kind === 'lines' && lengthMs(parameters) > 20_000 ? { closes: true } : undefined,
    }

    it.each(Object.keys(recoverable))('is exact where %s', async (name) => {
      const report = await exportThrough((request) => recoverable[name]?.(request))
      expect(isExact(report)).toBe(true)
      expect(report.total).toMatchObject(sumUp(lines))
    })

    const lasting: Record<string, (request: ProxiedRequest) => Fault> = {
      'every page lacks a line': ({ kind }) =>
        kind === 'lines' ? { keeps: (entries) => entries - 1 } : undefined,
      'pages come empty': ({ kind }) => (kind === 'lines' ? { keeps: () => 0 } : undefined),
      'no page ever comes': ({ kind }) => (kind === 'lines' ? { status: 504 } : undefined),
      'the second window never comes': ({ kind, parameters }) =>
        kind === 'lines' && isInSecondWindow(parameters) ? { status: 500 } : undefined,
      'Loki goes away after the first window': ({ kind, index }) =>
        index > (kind === 'lines' ? 1 : 5) ? { closes: true } : undefined,
    }

    it.each(Object.keys(lasting))('is incomplete, and says so, where %s', async (name) => {
      const report = await exportThrough((request) => lasting[name]?.(request))
      expect(isExact(report)).toBe(false)
      expect(report.incomplete.length).toBeGreaterThan(0)
      expectHonest(report)
    })

    it('keeps what it can of the other windows, and stores the rest when asked again', async () => {
      const broken = await exportThrough((request) =>
        lasting['the second window never comes']?.(request),
      )
      expect(broken.incomplete).toHaveLength(1)
      expect(broken.rows).toBeGreaterThan(8000)
      expect(await exportAll()).toMatchObject({ incomplete: [], total: sumUp(lines) })
    })

    it('does not count old rows of a window that it could not read again', async () => {
      await exportAll()
      const report = await exportThrough((request) =>
        lasting['the second window never comes']?.(request),
      )
      expect(report.incomplete).toHaveLength(1)
      expectHonest(report)
    })
  })
})

function lengthMs(parameters: URLSearchParams): number {
  const [start, end] = ['start', 'end'].map((name) => BigInt(parameters.get(name) ?? 0))
  return Number(((end ?? 0n) - (start ?? 0n)) / 1_000_000n)
}

function isInSecondWindow(parameters: URLSearchParams): boolean {
  const start = Number(BigInt(parameters.get('start') ?? 0) / 1_000_000n)
  return start >= startMs + WINDOW_MS && start < startMs + 2 * WINDOW_MS
}

/** The promise: either the truth, or every window that is not in the numbers is named. */
function expectHonest(report: ExportReport): void {
  const isMissing = (stampNs: bigint): boolean =>
    report.incomplete.some(
      ({ start, end }) =>
        stampNs >= BigInt(Date.parse(start)) * 1_000_000n &&
        stampNs < BigInt(Date.parse(end)) * 1_000_000n,
    )
  const there = lines.filter(({ stampNs }) => !isMissing(stampNs))
  expect(report.total).toMatchObject(sumUp(there))
}
