import { readFile } from 'node:fs/promises'
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
  type Origin,
  accessLog,
  ask,
  originOf,
  putDomain,
  redisClient,
  startOrigin,
} from './fixture.ts'
import { type NameServer, startNameServer } from './name-server.ts'

const uncached = { cache: { enable: false } }

describe('routing', () => {
  let server: RunningRedis
  let redis: Redis
  let edge: RunningEdge
  let origins: readonly Origin[]
  let names: NameServer

  const port = (index: number): number => origins[index]?.port ?? 0

  beforeAll(async () => {
    server = await startRedis({ password: 'p@ss:word/1+2' })
    redis = redisClient(server.url)
    origins = await Promise.all([
      startOrigin(),
      startOrigin(),
      startOrigin((_, response) => response.writeHead(503).end('out of order')),
      startOrigin(() => {}),
    ])
    names = await startNameServer('origin.internal', '127.0.0.1')
    edge = await startEdge({
      redisUrl: server.url,
      node: 'edge-t',
      workerProcesses: 2,
      settings: { CIRRUS_EDGE_ORIGIN_TIMEOUT: '300ms', CIRRUS_EDGE_RESOLVER: names.address },
    })
  })

  afterAll(async () => {
    await edge?.stop()
    redis?.disconnect()
    await server?.stop()
    names?.stop()
    await Promise.all(origins.map((origin) => origin.stop()))
  })

  it('sends a request to the origin as the client wrote it, with the host of the domain', async () => {
    await putDomain(redis, 'raw.test', { origins: [originOf(port(0))] })
    const { status, body } = await ask(edge, { host: 'raw.test', path: '/a%2Fb//c?d=%20e' })
    expect([status, body]).toEqual([200, '/a%2Fb//c?d=%20e'])
    expect(origins[0]?.lastHeaders()).toMatchObject({
      host: 'raw.test',
      'x-forwarded-proto': 'http',
    })
  })

  it('adds the headers of the domain and hides what a client claims about itself', async () => {
    const headers = { 'X-Site': 'news', Host: 'inner.test', Authorization: 'Basic eDp5' }
    await putDomain(redis, 'headers.test', {
      origins: [originOf(port(0))],
      upstream_headers: headers,
    })
    const forged = { 'x-forwarded-for': '192.0.2.1', 'x-site': 'forged' }
    const { headers: answered } = await ask(edge, { host: 'headers.test', headers: forged })
    const received = origins[0]?.lastHeaders()
    expect(received).toMatchObject({
      'x-site': 'news',
      host: 'inner.test',
      authorization: 'Basic eDp5',
    })
    expect(received).not.toHaveProperty('x-forwarded-for')
    expect(answered['x-cache']).toBe('MISS')
  })

  it('gives every request an id, and keeps a well-formed one of the client', async () => {
    await putDomain(redis, 'id.test', { origins: [originOf(port(0))], ...uncached })
    const own = await ask(edge, { host: 'id.test', headers: { 'x-request-id': 'client-id.1' } })
    expect(own.headers['x-request-id']).toBe('client-id.1')
    expect(origins[0]?.lastHeaders()['x-request-id']).toBe('client-id.1')
    const bad = await ask(edge, { host: 'id.test', headers: { 'x-request-id': 'bad id"' } })
    expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
  })

  it('answers 404 for a host that no domain is configured for, in the form the client takes', async () => {
    const plain = await ask(edge, { host: 'nobody.test' })
    expect([plain.status, plain.body]).toEqual([404, 'No such site\n'])
    const json = await ask(edge, { host: 'nobody.test', headers: { accept: 'application/json' } })
    expect(JSON.parse(json.body)).toEqual({ status: 404, error: 'No such site' })
    expect((await ask(edge, { host: 'no-name!' })).status).toBe(404)
  })

  it('learns of a new and of a changed domain within seconds', async () => {
    expect((await ask(edge, { host: 'late.test' })).status).toBe(404)
    await putDomain(redis, 'late.test', { origins: [originOf(port(0))], ...uncached })
    await waitUntil(async () => (await ask(edge, { host: 'late.test' })).status === 200)
    await putDomain(redis, 'late.test', { origins: [originOf(port(2))], ...uncached })
    await waitUntil(async () => (await ask(edge, { host: 'late.test' })).status === 503)
    await redis.del('cdn:dom:late.test')
    await waitUntil(async () => (await ask(edge, { host: 'late.test' })).status === 404)
  })

  it('keeps the last good document when a broken one is written', async () => {
    await putDomain(redis, 'broken.test', { origins: [originOf(port(0))], ...uncached })
    expect((await ask(edge, { host: 'broken.test' })).status).toBe(200)
    await redis.set('cdn:dom:broken.test', '{"origins":')
    await waitUntil(async () => {
      expect((await ask(edge, { host: 'broken.test' })).status).toBe(200)
      const log = await readFile(edge.errorLogFile, 'utf8')
      return log.includes('the document of broken.test is not usable')
    })
    expect((await ask(edge, { host: 'broken.test' })).status).toBe(200)
  })

  it('shares requests by weight, over all workers', async () => {
    const weighted = [originOf(port(0), { weight: 3 }), originOf(port(1), { weight: 1 })]
    await putDomain(redis, 'weights.test', { origins: weighted, ...uncached })
    const before = origins.map(({ received }) => received.length)
    for (let i = 0; i < 40; i += 1) await ask(edge, { host: 'weights.test' })
    const shares = origins.map(({ received }, i) => received.length - (before[i] ?? 0))
    expect(shares.slice(0, 2)).toEqual([30, 10])
  })

  it.each([
    ['refuses connections', () => 1],
    ['answers 503', () => port(2)],
    ['does not answer in time', () => port(3)],
  ])('tries the next origin when one %s', async (_, failing) => {
    const host = `retry-${failing()}.test`
    const both = [originOf(failing()), originOf(port(0))]
    await putDomain(redis, host, { origins: both, ...uncached })
    const statuses = [await ask(edge, { host }), await ask(edge, { host })].map((a) => a.status)
    expect(statuses).toEqual([200, 200])
  })

  it('does not send a POST twice', async () => {
    await putDomain(redis, 'post.test', { origins: [originOf(port(2)), originOf(port(0))] })
    const before = origins[0]?.received.length
    const answers = await Promise.all([
      ask(edge, { host: 'post.test', method: 'POST' }),
      ask(edge, { host: 'post.test', method: 'POST' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 503])
    expect(origins[0]?.received.length).toBe((before ?? 0) + 1)
  })

  it('resolves origins that are given by name, and answers 502 where that fails', async () => {
    await putDomain(redis, 'named.test', {
      origins: [originOf(port(0), { host: 'origin.internal' })],
    })
    await putDomain(redis, 'unresolved.test', {
      origins: [originOf(port(0), { host: 'else.internal' })],
    })
    expect((await ask(edge, { host: 'named.test' })).status).toBe(200)
    expect((await ask(edge, { host: 'unresolved.test' })).status).toBe(502)
  })

  it('reports each attempt in the log', async () => {
    const line = await waitUntil(async () => {
      const lines = await accessLog(edge, 1)
      return lines.find(
        ({ domain, origin_requests: n }) => domain === `retry-${port(3)}.test` && n === 2,
      )
    })
    expect(line['upstreams']).toMatchObject([
      { addr: `127.0.0.1:${port(3)}`, status: 504 },
      { addr: `127.0.0.1:${port(0)}`, status: 200 },
    ])
  })
})
