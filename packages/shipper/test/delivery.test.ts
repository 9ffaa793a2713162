import { startLoki, waitUntil, whyMissing } from '@cirrus/servers'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fault, startFaultProxy } from './fault-proxy.ts'
import { countLines, labelSets, newestLines } from './loki-client.ts'
import { type StartedShipper, startShipper } from './start-shipper.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const missing = await whyMissing('loki')
const title = missing === undefined ? '' : ` (skipped: ${missing})`
const DAY_MS = 24 * 60 * 60 * 1000

/** JSON lines as the edge writes them; `team` tells the tests of this file apart. */
function edgeLines(count: number, fields: object): string {
  return Array.from({ length: count }, (_, index) => {
    const time = new Date().toISOString()
    return `${JSON.stringify({ time, level: 'info', service: 'edge', path: `/${index}`, ...fields })}\n`
  }).join('')
}

function lineAt(timeMs: number): string {
  return JSON.stringify({ time: new Date(timeMs).toISOString() })
}

async function settled(shipper: StartedShipper, read: number): Promise<void> {
  await waitUntil(() => shipper.status().read === read && shipper.status().waiting === 0, {
    timeoutMs: 20_000,
    what: `${read} lines to settle: ${JSON.stringify(shipper.status())}`,
  })
  expect(shipper.status().unaccounted).toBe(0)
}

describe.skipIf(missing !== undefined)(`delivery to Loki${title}`, () => {
  let loki: Awaited<ReturnType<typeof startLoki>>
  beforeAll(async () => {
    loki = await startLoki()
  })
  afterAll(() => loki.stop())

  it('delivers every line once, as it was written, with labels and metadata', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'edge-a.log')
    const text = edgeLines(5000, { domain: 'exact.test', team: 'newsroom', status: 200 })
    writeFileSync(file, text)
    const shipper = await startShipper({
      files: [{ service: 'edge', path: join(directory, 'edge-*.log') }],
      loki: { url: loki.url },
      spoolDirectory: join(directory, 'spool'),
    })
    await settled(shipper, 5000)
    expect(
      await countLines(loki.url, '{service="edge", team="newsroom", domain="exact.test"}'),
    ).toBe(5000)
    expect(await countLines(loki.url, '{domain="exact.test"} | status="200"')).toBe(5000)
    expect(await newestLines(loki.url, '{domain="exact.test"}')).toEqual(
      text.trimEnd().split('\n').slice(-1000),
    )
    const metrics = await shipper.registry.metrics()
    expect(metrics).toContain('cirrus_shipper_lines_read_total{service="edge"} 5000')
    expect(metrics).toContain('{outcome="delivered",reason="accepted"} 5000')
  })

  it('takes any line from a pipe, and ends with it', async () => {
    const directory = temporaryDirectory()
    const stream = new PassThrough()
    const shipper = await startShipper({
      pipe: { service: 'redis', stream },
      loki: { url: loki.url },
      spoolDirectory: join(directory, 'spool'),
    })
    const lines = [
      'plain text',
      Buffer.from([0xff, 0x00, 0xc3]),
      '',
      'x'.repeat(300 * 1024),
      '{"__proto__":{"service":"api"},"domain":["a"]}',
      lineAt(0),
      lineAt(Date.now() - 8 * DAY_MS),
      lineAt(Date.now() - 6 * DAY_MS),
      lineAt(Date.UTC(2999, 0)),
      '{"time":"2026-13-45T99:99:99Z"}',
    ]
    for (const line of lines) stream.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]))
    stream.end()
    await shipper.run()
    expect(shipper.status()).toMatchObject({
      read: 10,
      delivered: 6,
      dropped: { empty: 1, too_large: 1, too_old: 2 },
      dead: {},
      waiting: 0,
      unaccounted: 0,
    })
    expect(await countLines(loki.url, '{service="redis"}')).toBe(6)
    expect(await newestLines(loki.url, '{service="redis"}')).toContainEqual(
      expect.stringContaining('\uFFFD\\u0000\uFFFD'),
    )
  })

  it('keeps a flood of label values within the bounds of the catalog', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'edge.log')
    const lines = Array.from({ length: 3000 }, (_, index) =>
      edgeLines(1, { env: 'development', domain: `bomb-${index}.test`, team: `team-${index}` }),
    )
    writeFileSync(file, lines.join(''))
    const shipper = await startShipper({
      files: [{ service: 'edge', path: file }],
      loki: { url: loki.url },
      spoolDirectory: join(directory, 'spool'),
    })
    await settled(shipper, 3000)
    const sets = await labelSets(loki.url, '{service="edge", domain=~"bomb-.*|__other__"}')
    expect(sets).toHaveLength(1001)
    expect(sets).toContainEqual({ service: 'edge', domain: '__other__' })
    expect(await countLines(loki.url, '{service="edge", domain="__other__"}')).toBe(2000)
    const metrics = await shipper.registry.metrics()
    expect(metrics).toContain('cirrus_shipper_labels_folded_total{label="domain"} 2000')
    expect(metrics).toContain('cirrus_shipper_labels_folded_total{label="team"} 3000')
    const folded = shipper.logged.filter(({ event }) => event === 'shipper.label_folded')
    expect(folded.map(({ label }) => label).toSorted()).toEqual(['domain', 'team'])
  })

  it.each<[string, (push: number) => Fault | undefined]>([
    ['429', (push) => (push % 3 === 0 ? undefined : { status: 429, text: 'slow down' })],
    ['500', (push) => (push % 3 === 0 ? undefined : { status: 500, text: 'oops' })],
    ['cut connections', (push) => (push % 2 === 0 ? undefined : 'reset')],
    ['a wrong credential', (push) => (push > 5 ? undefined : { status: 401, text: 'no org id' })],
    ['a page of some other server', (push) => (push > 5 ? undefined : { status: 200, text: 'hi' })],
    ['lost answers', (push) => (push % 2 === 0 ? undefined : 'lost_answer')],
  ])('loses and doubles nothing under %s', async (name, fault) => {
    const directory = temporaryDirectory()
    const domain = `${name.replaceAll(' ', '-')}.test`
    const proxy = await startFaultProxy(loki.url)
    proxy.fault = fault
    const shipper = await startShipper({
      files: [{ service: 'edge', path: join(directory, 'edge.log') }],
      loki: { url: proxy.url },
      spoolDirectory: join(directory, 'spool'),
    })
    for (let round = 1; round <= 10; round += 1) {
      // More than Loki compares a line that comes again with.
      const msg = 'x'.repeat(4000)
      appendFileSync(join(directory, 'edge.log'), edgeLines(100, { domain, msg }))
      appendFileSync(join(directory, 'edge.log'), edgeLines(100, { domain: `other-${domain}` }))
      await waitUntil(() => shipper.status().read === round * 200)
    }
    await settled(shipper, 2000)
    expect(shipper.status().delivered).toBe(2000)
    expect(await countLines(loki.url, `{domain="${domain}"}`)).toBe(1000)
    expect(await countLines(loki.url, `{domain="other-${domain}"}`)).toBe(1000)
  })

  it('sets aside exactly the lines that are refused, and delivers those around them', async () => {
    const directory = temporaryDirectory()
    const proxy = await startFaultProxy(loki.url)
    const shipper = await startShipper({
      files: [{ service: 'edge', path: join(directory, 'edge.log') }],
      loki: { url: proxy.url },
      spoolDirectory: join(directory, 'spool'),
      // A clock that lags lets lines pass that Loki finds too old.
      clock: () => Date.now() - 2 * DAY_MS,
    })
    const old = new Date(Date.now() - 8 * DAY_MS).toISOString()
    const text = [
      edgeLines(3, { domain: 'mixed.test', time: old }),
      edgeLines(500, { domain: 'good.test' }),
      edgeLines(97, { domain: 'mixed.test' }),
    ]
    writeFileSync(join(directory, 'edge.log'), text.join(''))
    await settled(shipper, 600)
    expect(shipper.status()).toMatchObject({ delivered: 597, dead: { too_old: 3 } })
    expect(await countLines(loki.url, '{domain="good.test"}')).toBe(500)
    expect(await countLines(loki.url, '{domain="mixed.test"}')).toBe(97)
    const letters = readFileSync(join(directory, 'spool', 'dead-letter.ndjson'), 'utf8')
    const reasons = letters
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(reasons).toHaveLength(3)
    expect(reasons[0]).toMatchObject({
      reason: 'too_old',
      answer: expect.stringContaining('timestamp too old'),
      stream: { service: 'edge', domain: 'mixed.test' },
      line: expect.stringContaining('"path":"/0"'),
    })
  })

  it('finds a poisonous line by halving when the answer does not tell', async () => {
    const directory = temporaryDirectory()
    const proxy = await startFaultProxy(loki.url)
    proxy.fault = (push) => (push > 4 ? undefined : { status: 400, text: 'parse error' })
    const shipper = await startShipper({
      files: [{ service: 'edge', path: join(directory, 'edge.log') }],
      loki: { url: proxy.url },
      spoolDirectory: join(directory, 'spool'),
    })
    writeFileSync(join(directory, 'edge.log'), edgeLines(8, { domain: 'poison.test' }))
    await settled(shipper, 8)
    // 8, 4, 2 and 1 lines were refused; the rest of each half was taken.
    expect(shipper.status()).toMatchObject({ delivered: 7, dead: { rejected: 1 } })
    expect(await countLines(loki.url, '{domain="poison.test"}')).toBe(7)
  })

  it('lets inputs wait while the spool is full, and loses nothing', async () => {
    const directory = temporaryDirectory()
    const proxy = await startFaultProxy(loki.url)
    let isDown = true
    proxy.fault = () => (isDown ? { status: 503, text: 'later' } : undefined)
    const shipper = await startShipper({
      files: [{ service: 'edge', path: join(directory, 'edge.log') }],
      loki: { url: proxy.url },
      spoolDirectory: join(directory, 'spool'),
      spoolMaxBytes: 2 * 1024 * 1024,
    })
    const text = edgeLines(30_000, { domain: 'full.test', msg: 'x'.repeat(100) })
    writeFileSync(join(directory, 'edge.log'), text)
    await waitUntil(() => shipper.logged.some(({ event }) => event === 'shipper.spool_full'))
    expect(shipper.status().spoolBytes).toBeLessThanOrEqual(2 * 1024 * 1024)
    expect(shipper.status().read).toBeLessThan(30_000)
    expect(shipper.status().unaccounted).toBe(0)
    isDown = false
    await settled(shipper, 30_000)
    expect(await countLines(loki.url, '{domain="full.test"}')).toBe(30_000)
  })
})
