import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LokiUnavailableError } from '@cirrus/etl'
import { freePort, startLoki, whyMissing } from '@cirrus/servers'
import { WarehouseBusyError } from '@cirrus/warehouse'
import { CommanderError } from 'commander'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createProgram } from '../src/index.ts'

const now = new Date()
let root: string
let env: Readonly<Record<string, string>> = {}
let isInterrupted = false

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cirrus-cli-'))
})

afterEach(() => rm(root, { recursive: true }))

/** Runs `cirrus export` in a folder of its own. */
async function run(...args: readonly string[]) {
  const abort = new AbortController()
  if (isInterrupted) abort.abort('SIGINT')
  const seen = { out: '', err: '', code: 0 }
  const program = await createProgram({
    root,
    env,
    out: (text) => (seen.out += text),
    err: (text) => (seen.err += text),
    now: () => now,
    isInteractive: false,
    exit: (code) => (seen.code = code),
    signal: abort.signal,
  })
  const error = await program.parseAsync(['node', 'cirrus', 'export', ...args]).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { ...seen, error }
}

const past = (ms: number): string => new Date(now.getTime() - ms).toISOString()

describe('cirrus export', () => {
  it.each([
    [['--last', 'banana'], 'like 15m'],
    [['--last', '0m'], 'like 15m'],
    [['--from', 'yesterday'], 'a date, which begins at 00:00 UTC'],
    [['--from', '2026-11-01T12:00'], 'a time with its zone'],
    [['--to', '2026-13-01'], 'a date'],
    [['--from', past(1000), '--to', past(2000)], 'it must be before --to'],
    [['--from', past(1000), '--last', '15m'], "cannot be used with option '--from"],
    [['--to', past(-60_000)], 'must not be in the future'],
    [['--price-per-gb', 'cheap'], 'a decimal number'],
    [['--loki-url', 'localhost:3100'], 'must be a URL'],
    [['--format', 'xml'], 'Allowed choices are table, json, csv'],
  ])('refuses %j and says what is wanted', async (args, wanted) => {
    const { error, err, out } = await run(...args)
    expect(error).toBeInstanceOf(CommanderError)
    expect(err).toContain(wanted)
    expect(out).toBe('')
  })

  it('says where it looked for Loki', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const { error } = await run('--loki-url', url)
    expect(error).toBeInstanceOf(LokiUnavailableError)
    expect(String(error)).toContain(url)
  })

  it('looks for the Loki of the lab', async () => {
    const port = await freePort()
    env = { CIRRUS_LAB_LOKI_PORT: String(port) }
    expect(String((await run()).error)).toContain(`http://127.0.0.1:${port} `)
  })

  it('ends at Ctrl-C with a word', async () => {
    isInterrupted = true
    const { error, err, code } = await run('--loki-url', `http://127.0.0.1:${await freePort()}`)
    expect([error, err, code]).toEqual([undefined, 'Interrupted before anything was read\n', 3])
    isInterrupted = false
  })

  it('refuses to run beside another export', async () => {
    await run('--loki-url', `http://127.0.0.1:${await freePort()}`)
    const startTime = (await readFile('/proc/self/stat', 'utf8')).split(') ')[1]?.split(' ')[19]
    const lock = join(root, '.cirrus', 'warehouse', 'writer.lock')
    await writeFile(lock, `${process.pid} ${startTime}\n`)
    expect((await run()).error).toBeInstanceOf(WarehouseBusyError)
  })
})

const reason = await whyMissing('loki')
const title = reason === undefined ? '' : ` (skipped: ${reason})`

describe.skipIf(reason !== undefined)(`cirrus export on Loki${title}`, () => {
  let loki: Awaited<ReturnType<typeof startLoki>>

  beforeAll(async () => {
    loki = await startLoki()
    await push('news.demo.test', 'newsroom', [
      { request_id: 'a', cache: 'HIT', bytes_out: 1_500_000_000, client: 'c1' },
      { request_id: 'b', cache: 'MISS', bytes_out: 500_000_000, client: 'c2', origin_bytes: 5e8 },
    ])
    await push('shop, "north".test', 'commerce', [{ request_id: 'c', cache: 'BYPASS' }])
  })

  afterAll(() => loki.stop())

  async function push(domain: string, team: string, lines: readonly object[]): Promise<void> {
    const fields = {
      time: past(60_000),
      event: 'edge.request',
      domain,
      team,
      env: 'production',
      business: 'news',
      method: 'GET',
      path: '/',
      status: 200,
      bytes_out: 1000,
      content_type: 'text/html',
      agent: 'browser',
      client: 'c1',
      origin_requests: 0,
      origin_bytes: 0,
    }
    const values = lines.map((line, index) => [
      String(BigInt(now.getTime() - 60_000) * 1_000_000n + BigInt(index)),
      JSON.stringify({ ...fields, ...line }),
      { event: 'edge.request' },
    ])
    const stream = { service: 'edge', env: 'production', team, domain }
    const response = await fetch(`${loki.url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ streams: [{ stream, values }] }),
      signal: AbortSignal.timeout(10_000),
    })
    expect(response.status).toBe(204)
  }

  it('prints a table and nothing else, and exits with 0', async () => {
    const { out, err, code, error } = await run('--loki-url', loki.url, '--last', '5m')
    expect(error).toBeUndefined()
    expect(code).toBe(0)
    expect(err).toBe('')
    expect(out.replace(/Window .* to .*;/, 'Window … to …;')).toMatchInlineSnapshot(`
      "Window … to …; 0.04 per GB

      DOMAIN              TEAM      REQUESTS  PAGE VIEWS  VISITORS  HIT RATIO  ORIGIN RATIO   BYTES    COST
      news.demo.test      newsroom         2           2         2     50.0 %        25.0 %  2.0 GB  0.0800
      shop, "north".test  commerce         1           1         1          -         0.0 %  1.0 kB  0.0000
      TOTAL                                3           3         2     50.0 %        25.0 %  2.0 GB  0.0800
      "
    `)
  })

  it('writes the same as JSON beside the data', async () => {
    const { out } = await run('--loki-url', loki.url, '--format', 'json')
    const text = await readFile(join(root, '.cirrus', 'warehouse', 'last-export.json'), 'utf8')
    expect(out).toBe(text)
    expect(JSON.parse(text)).toMatchObject({
      start: past(15 * 60_000),
      end: now.toISOString(),
      rows: 3,
      incomplete: [],
      total: { requests: 3, unique_visitors: 2 },
    })
  })

  it('prints domains as CSV', async () => {
    const { out } = await run('--loki-url', loki.url, '--format', 'csv', '--price-per-gb', '1')
    expect(out).toMatchInlineSnapshot(`
      "domain,env,team,business,requests,page_views,unique_visitors,hits,misses,bypasses,hit_ratio,hit_ratio_with_bypass,bytes_out,bytes_in,origin_requests,origin_bytes,origin_request_ratio,origin_byte_ratio,repeated_requests,cost
      news.demo.test,production,newsroom,news,2,2,2,1,1,0,0.5,0.5,2000000000,0,0,500000000,0,0.25,0,2.000000000000000
      "shop, ""north"".test",production,commerce,news,1,1,1,0,0,1,,0,1000,0,0,0,0,0,0,0.000001000000000
      "
    `)
  })

  it('exits with 3 where lines could not be read', async () => {
    const domain = 'broken.test'
    await push(domain, 'media', [{ request_id: 'd', status: 'ok' }])
    const { err, code } = await run('--loki-url', loki.url, '--domain', domain)
    expect(code).toBe(3)
    expect(err).toBe('1 lines are no access log lines and in no number\n')
  })
})
