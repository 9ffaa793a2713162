import { createHmac } from 'node:crypto'
import { readFile, rename } from 'node:fs/promises'
import { connect } from 'node:net'
import { type LogFieldName, logEvents, logFields } from '@cirrus/catalog'
import {
  type RunningEdge,
  type RunningRedis,
  startEdge,
  startRedis,
  waitUntil,
} from '@cirrus/servers'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type LogLine,
  type Origin,
  accessLog,
  ask,
  originOf,
  putDomain,
  redisClient,
  sendRaw,
  startOrigin,
} from './fixture.ts'

const PSEUDONYM_KEY = 'a key of at least sixteen characters'

const typeChecks = {
  string: (value: unknown) => typeof value === 'string',
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: (value: unknown) => typeof value === 'boolean',
  timestamp: (value: unknown) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value)),
  object: (value: unknown) => typeof value === 'object',
}

const allowedFields: readonly string[] = [
  'time',
  'level',
  'service',
  'event',
  ...logEvents.edgeRequest.fields,
]

/** Names of fields that the catalog does not have for this event, or that are of another type. */
function wrongFields(line: LogLine): readonly string[] {
  return Object.entries(line)
    .filter(([name, value]) => {
      if (!allowedFields.includes(name)) return true
      return !typeChecks[logFields[name as LogFieldName].type](value)
    })
    .map(([name]) => name)
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha1', key).update(text).digest()
}

/** The same bytes in every run. */
function hostileBytes(seed: number, length: number): Buffer {
  let state = seed
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1103515245 + 12345) % 2147483648
      const byte = (state >> 16) & 0xff
      // A line feed would end the header, a blank the request target.
      return byte === 10 || byte === 13 || byte === 32 ? 255 : byte
    }),
  )
}

describe('access log', () => {
  let server: RunningRedis
  let redis: Redis
  let edge: RunningEdge
  let origin: Origin

  beforeAll(async () => {
    server = await startRedis()
    redis = redisClient(server.url)
    origin = await startOrigin((incoming, response) => {
      // A body of bytes, so that Node sends the header in latin1.
      response.setHeader('content-type', 'text/h\xff"\\ml; charset=utf-8')
      response.end(Buffer.from(incoming.url ?? ''))
    })
    edge = await startEdge({
      redisUrl: server.url,
      node: 'edge "t"',
      pseudonymKey: PSEUDONYM_KEY,
      settings: { CIRRUS_EDGE_CLIENT_TIMEOUT: '1s' },
    })
    await putDomain(redis, 'log.test', { origins: [originOf(origin.port)] })
  })

  afterAll(async () => {
    await edge?.stop()
    redis?.disconnect()
    await server?.stop()
    await origin?.stop()
  })

  /** The line that a request adds to the log. */
  async function lineOf(act: () => Promise<unknown>): Promise<LogLine> {
    const before = (await accessLog(edge, 0)).length
    await act()
    const lines = await accessLog(edge, before + 1)
    return lines.at(-1) ?? {}
  }

  const raw = (start: string | Buffer, port = edge.httpPort): Promise<string> =>
    sendRaw(port, Buffer.concat([Buffer.from(start), Buffer.from('\r\nConnection: close\r\n\r\n')]))

  it('has every field of the catalog, of its type', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0 (X11)', 'x-request-id': 'request-0001' }
    const line = await lineOf(() => ask(edge, { host: 'log.test', path: '/p?token=1', headers }))
    expect(wrongFields(line)).toEqual([])
    expect(line).toMatchObject({
      level: 'info',
      service: 'edge',
      event: 'edge.request',
      node: 'edge "t"',
      request_id: 'request-0001',
      domain: 'log.test',
      env: 'production',
      team: 'newsroom',
      business: 'news',
      method: 'GET',
      path: '/p',
      status: 200,
      protocol: 'HTTP/1.1',
      content_type: 'text/h\uFFFD"\\ml',
      cache: 'MISS',
      agent: 'browser',
      origin_requests: 1,
    })
    const absent = allowedFields.filter((name) => !(name in line))
    expect(absent).toEqual(['tls'])
    expect(Object.keys((line['upstreams'] as readonly object[])[0] ?? {})).toEqual([
      'addr',
      'status',
      'connect',
      'header',
      'duration',
      'bytes',
    ])
  })

  it('names a client by a pseudonym of the day, never by its address', async () => {
    const agent = 'curl/8'
    const line = await lineOf(
      () =>
        new Promise((resolve) => {
          const socket = connect({
            port: edge.httpPort,
            host: '127.0.0.1',
            localAddress: '127.0.0.9',
          })
          socket.once('close', resolve)
          socket.resume()
          socket.write(
            `GET / HTTP/1.1\r\nHost: log.test\r\nUser-Agent: ${agent}\r\nConnection: close\r\n\r\n`,
          )
        }),
    )
    const dayKey = hmac(PSEUDONYM_KEY, String(line['time']).slice(0, 10))
    const expected = hmac(dayKey, `log.test|127.0.0.9|${agent}`).toString('hex').slice(0, 16)
    expect(line).toMatchObject({ client: expected, agent: 'tool' })
    expect(await readFile(edge.accessLogFile, 'utf8')).not.toContain('127.0.0.9')
  })

  it('books requests that belong to no domain to nobody', async () => {
    const line = await lineOf(() => ask(edge, { host: 'nobody.test' }))
    expect(line).toMatchObject({
      domain: '__unknown__',
      team: 'platform',
      status: 404,
      cache: 'NONE',
    })
    expect(wrongFields(line)).toEqual([])
  })

  it('replaces bytes that are not UTF-8 and keeps those that are', async () => {
    const start = Buffer.concat([
      Buffer.from('GET /é"\\'),
      Buffer.from([0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98]),
      Buffer.from('/😀/end?x HTTP/1.1\r\nHost: log.test'),
    ])
    const line = await lineOf(() => raw(start))
    expect(line['path']).toBe(`/é"\\${'\uFFFD'.repeat(9)}/😀/end`)
  })

  it.each([
    ['a malformed request line', 400, 'BOGUS'],
    ['a missing host', 400, 'GET / HTTP/1.1'],
    ['a malformed host', 400, 'GET / HTTP/1.1\r\nHost: a/b'],
    ['a control character in the target', 400, 'GET /\u0001 HTTP/1.1\r\nHost: log.test'],
    ['an endless target', 414, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: log.test`],
    ['an endless header', 400, `GET / HTTP/1.1\r\nHost: log.test\r\nX: ${'a'.repeat(20_000)}`],
    ['a large body', 413, 'POST / HTTP/1.1\r\nHost: log.test\r\nContent-Length: 1000000000'],
  ])('has a line for %s', async (_, status, start) => {
    const line = await lineOf(() => raw(start))
    // nginx says 494 to itself and 400 to the client where headers are too large.
    expect([status, 494]).toContain(line['status'])
    expect(wrongFields(line)).toEqual([])
  })

  it('has a line for a client that is too slow, and for plain HTTP on the TLS port', async () => {
    const slow = await lineOf(() =>
      sendRaw(edge.httpPort, Buffer.from('GET / HTTP/1.1\r\nHost: lo')),
    )
    expect(slow).toMatchObject({ status: 408, domain: '__unknown__' })
    const plain = await lineOf(() => raw('GET / HTTP/1.1\r\nHost: log.test', edge.tlsPort))
    expect(plain['status']).toBe(400)
    expect([...wrongFields(slow), ...wrongFields(plain)]).toEqual([])
  })

  it('is valid JSON whatever bytes come', async () => {
    const places = [
      (bytes: Buffer) => [Buffer.from('GET /'), bytes, Buffer.from(' HTTP/1.1\r\nHost: log.test')],
      (bytes: Buffer) => [Buffer.from('GET / HTTP/1.1\r\nHost: '), bytes],
      (bytes: Buffer) => [Buffer.from('GET / HTTP/1.1\r\nHost: log.test\r\nUser-Agent: '), bytes],
      (bytes: Buffer) => [Buffer.from('GET / HTTP/1.1\r\nHost: log.test\r\nX-Request-Id: '), bytes],
      (bytes: Buffer) => [bytes],
    ]
    const before = (await accessLog(edge, 0)).length
    for (let seed = 0; seed < 200; seed += 1) {
      const place = places[seed % places.length]
      if (place) await raw(Buffer.concat(place(hostileBytes(seed + 1, 1 + (seed % 40)))))
    }
    const lines = await accessLog(edge, before + 150)
    expect(lines.flatMap(wrongFields)).toEqual([])
    expect(await readFile(edge.errorLogFile, 'utf8')).not.toContain('telemetry failed')
  })

  it('is opened anew when asked', async () => {
    await rename(edge.accessLogFile, `${edge.accessLogFile}.1`)
    edge.reopenLogs()
    await waitUntil(
      async () => (await readFile(edge.accessLogFile).catch(() => undefined)) !== undefined,
    )
    const line = await waitUntil(async () => {
      await ask(edge, { host: 'log.test', path: '/after' })
      return (await accessLog(edge, 0)).at(-1)
    })
    expect(line['path']).toBe('/after')
  })
})
