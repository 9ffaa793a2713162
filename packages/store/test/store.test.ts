import { type RunningRedis, startRedis } from '@cirrus/servers'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  CertificateError,
  ConflictError,
  type ConnectedStore,
  type Store,
  connectStore,
  createStore,
} from '../src/index.ts'
import { context, makeCertificate, news } from './store-fixture.ts'

let server: RunningRedis
let redis: Redis
let store: Store

beforeAll(async () => {
  server = await startRedis()
  redis = new Redis(server.url)
})
beforeEach(async () => {
  await redis.flushall()
  let ids = 0
  store = createStore({
    redis,
    clock: () => new Date('2026-11-23T10:00:00Z'),
    newId: () => `id-${(ids += 1)}`,
  })
})
afterAll(async () => {
  await redis.quit()
  await server.stop()
})

async function traceCounts(): Promise<readonly number[]> {
  return Promise.all(['cdn:audit', 'cdn:outbox'].map((key) => redis.xlen(key)))
}

describe('domains', () => {
  it('stores what the edge reads, with defaults, in one canonical text', async () => {
    const headers = { 'X-Site': 'bücher 📰', 'A-First': '1' }
    const { change, etag } = await store.domains.put(
      { ...news, name: 'News.Demo.Test.', upstream_headers: headers },
      context,
    )
    expect(change).toBe('created')
    expect(etag).toMatch(/^[\w-]{43}$/)
    expect(await redis.get('cdn:dom:news.demo.test')).toBe(
      JSON.stringify({
        name: 'news.demo.test',
        origins: [{ scheme: 'http', host: '127.0.0.1', port: 9001, weight: 1 }],
        cache: { enable: true, ttl: 60 },
        upstream_headers: { 'A-First': '1', 'X-Site': 'bücher 📰' },
        env: 'production',
        team: 'newsroom',
        business: 'news',
        created_at: '2026-11-23T10:00:00.000Z',
        updated_at: '2026-11-23T10:00:00.000Z',
      }),
    )
    expect(await store.domains.get('news.demo.test')).toMatchObject({ etag })
  })

  it('rejects a name that is none', async () => {
    await expect(store.domains.put({ ...news, name: '*.test' }, context)).rejects.toThrow(
      /"\*\.test" is no domain name/,
    )
  })

  it('writes one audit record and one event with each change', async () => {
    await store.domains.put(news, context)
    await store.domains.put({ ...news, cache: { ttl: 5 } }, { caller: 'ci', requestId: 'r-2' })
    await store.domains.delete(news.name, context)
    const { items } = await store.audit.list(undefined, 10)
    expect(items.map(({ action }) => action)).toEqual(['delete', 'update', 'create'])
    expect(items[1]).toMatchObject({
      time: '2026-11-23T10:00:00.000Z',
      caller: 'ci',
      request_id: 'r-2',
      resource: 'domain/news.demo.test',
      before: { cache: { ttl: 60 } },
      after: { cache: { ttl: 5 } },
    })
    const events = await store.events.read(undefined, 10)
    expect(events.map(({ type }) => type)).toEqual([
      'domain.created',
      'domain.updated',
      'domain.deleted',
    ])
    expect(events[1]).toMatchObject({ request_id: 'r-2', data: { cache: { ttl: 5 } } })
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
  })

  it('changes nothing when the same document comes again', async () => {
    const first = await store.domains.put(news, context)
    const again = await store.domains.put({ ...news, cache: { enable: true } }, context)
    expect(again).toEqual({ ...first, change: 'unchanged' })
    expect(await traceCounts()).toEqual([1, 1])
  })

  it('keeps the time of creation', async () => {
    const { document } = await store.domains.put(news, context)
    const later = createStore({ redis, clock: () => new Date('2026-12-01T00:00:00Z') })
    const changed = await later.domains.put({ ...news, team: 'platform' }, context)
    expect(changed.document.created_at).toBe(document.created_at)
    expect(changed.document.updated_at).toBe('2026-12-01T00:00:00.000Z')
  })

  it('never lets secrets into traces', async () => {
    const headers = { Authorization: 'hush-1', 'X-Api-Key': 'hush-2', 'X-Site': 'news' }
    await store.domains.put({ ...news, upstream_headers: headers }, context)
    await store.domains.delete(news.name, context)
    const traces = JSON.stringify([
      await redis.xrange('cdn:audit', '-', '+'),
      await redis.xrange('cdn:outbox', '-', '+'),
    ])
    expect(traces).not.toContain('hush')
    expect(traces).toContain('[redacted]')
  })

  it.each([
    ['absent, and it exists', 'absent', 'exists'],
    ['another version', ['other'], 'changed'],
  ] as const)('does not write when it expects %s', async (_, expected, reason) => {
    await store.domains.put(news, context)
    const write = store.domains.put({ ...news, team: 'media' }, context, expected)
    await expect(write).rejects.toMatchObject({ name: 'ConflictError', reason })
    expect(await traceCounts()).toEqual([1, 1])
  })

  it('does not write or delete what it expects present when it is missing', async () => {
    const missing = { name: 'ConflictError', reason: 'missing' }
    await expect(store.domains.put(news, context, 'present')).rejects.toMatchObject(missing)
    await expect(store.domains.delete(news.name, context, ['x'])).rejects.toMatchObject(missing)
    expect(await store.domains.delete(news.name, context)).toBe(false)
    expect(await traceCounts()).toEqual([0, 0])
  })

  it('writes when one of the expected versions is the current one', async () => {
    const { etag } = await store.domains.put(news, context)
    const { change } = await store.domains.put({ ...news, team: 'media' }, context, ['x', etag])
    expect(change).toBe('updated')
  })

  it('lists in the order of names, page by page', async () => {
    for (const name of ['c.test', 'a.test', 'b.test']) {
      await store.domains.put({ ...news, name }, context)
    }
    const first = await store.domains.list(undefined, 2)
    const second = await store.domains.list(first.cursor, 2)
    expect([first, second].map(({ items }) => items.map((one) => one.document.name))).toEqual([
      ['a.test', 'b.test'],
      ['c.test'],
    ])
    expect(second.cursor).toBeUndefined()
  })

  it('forgets the certificate with the domain', async () => {
    await store.domains.put(news, context)
    await store.certificates.put(await makeCertificate(news.name), context)
    await store.domains.delete(news.name, context)
    expect((await redis.keys('*')).toSorted()).toEqual(['cdn:audit', 'cdn:outbox'])
  })

  it('hints at every change with the seq of its event', async () => {
    const hints: string[] = []
    const subscriber = new Redis(server.url)
    await subscriber.subscribe('cdn:cname:dirty')
    const heard = new Promise<void>((resolve) => {
      subscriber.on('message', (_, message: string) => {
        hints.push(message)
        resolve()
      })
    })
    await store.domains.put(news, context)
    await heard
    subscriber.disconnect()
    const [event] = await store.events.read(undefined, 1)
    expect(hints.map((hint) => JSON.parse(hint))).toEqual([
      { resource: 'domain/news.demo.test', seq: event?.seq },
    ])
  })
})

describe('concurrent writers', () => {
  const writers: ConnectedStore[] = []
  beforeAll(async () => {
    for (let count = 0; count < 3; count += 1) {
      writers.push(await connectStore({ url: server.url }))
    }
  })
  afterAll(async () => {
    await Promise.all(writers.map((writer) => writer.close()))
  })

  it('of one domain each leave their trace, and the traces form a chain', async () => {
    const writes = Array.from({ length: 60 }, (_, index) =>
      writers[index % writers.length]?.domains.put({ ...news, cache: { ttl: index } }, context),
    )
    const written = await Promise.all(writes)
    expect(written.filter((one) => one?.change === 'created')).toHaveLength(1)
    const { items } = await store.audit.list(undefined, 100)
    expect(items).toHaveLength(60)
    for (const [index, record] of items.slice(0, -1).entries()) {
      expect(record.before).toEqual(items[index + 1]?.after)
    }
    expect((await store.domains.get(news.name))?.document).toEqual(items[0]?.after)
  })

  it('that all expect the same version: exactly one succeeds', async () => {
    const { etag } = await store.domains.put(news, context)
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        writers[index % writers.length]?.domains.put({ ...news, cache: { ttl: index } }, context, [
          etag,
        ]),
      ),
    )
    const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(failures).toHaveLength(11)
    for (const failure of failures) expect(failure).toBeInstanceOf(ConflictError)
    expect(await traceCounts()).toEqual([2, 2])
  })
})

describe('nodes', () => {
  const edge = { id: 'edge-a', address: '127.0.0.1' }
  const health = { failures: 0, successes: 2, checked_at: '2026-11-23T10:00:00Z', reason: '' }

  it('are kept with defaults', async () => {
    const { document } = await store.nodes.put(edge, context)
    expect(document).toMatchObject({ ...edge, health_port: 9145, region: 'default' })
  })

  it('have health; an event tells of each change of state only', async () => {
    await store.nodes.put(edge, context)
    expect(await store.nodeHealth.get('edge-a')).toBeUndefined()
    const record = (state: 'up' | 'down') =>
      store.nodeHealth.record('edge-a', { ...health, state }, context)
    expect([await record('up'), await record('up'), await record('down')]).toEqual([
      true,
      false,
      true,
    ])
    expect(await store.nodeHealth.get('edge-a')).toEqual({ ...health, state: 'down' })
    const events = await store.events.read(undefined, 10)
    expect(events.slice(1).map(({ type, data }) => [type, data])).toEqual([
      ['node.health.changed', { node: 'edge-a', ...health, state: 'up', previous: 'unknown' }],
      ['node.health.changed', { node: 'edge-a', ...health, state: 'down', previous: 'up' }],
    ])
  })

  it('leave no health behind, and none is recorded for a node that is gone', async () => {
    await store.nodes.put(edge, context)
    await store.nodeHealth.record('edge-a', { ...health, state: 'up' }, context)
    await store.nodes.delete('edge-a', context)
    expect(await store.nodeHealth.record('edge-a', { ...health, state: 'up' }, context)).toBe(false)
    expect(await redis.exists('cdn:node:edge-a:health')).toBe(0)
  })
})

describe('certificates', () => {
  it('are kept for the edge, and told without their key', async () => {
    const input = await makeCertificate(news.name)
    const certificate = await store.certificates.put(input, context)
    expect(certificate).toEqual({
      domain: news.name,
      names: [news.name],
      issuer: `CN=${news.name}`,
      not_before: expect.stringMatching(/^20\d\d-.*Z$/),
      not_after: expect.stringMatching(/^20\d\d-.*Z$/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const { fullchain, key } = input
    expect(await redis.hgetall(`cdn:cert:${news.name}`)).toMatchObject({ fullchain, key })
    expect(await store.certificates.get(news.name)).toEqual(certificate)
    expect(await store.certificates.list(undefined, 10)).toEqual({ items: [certificate] })
    expect(JSON.stringify(await redis.xrange('cdn:audit', '-', '+'))).not.toContain('PRIVATE')
  })

  it('change nothing when they come again', async () => {
    const input = await makeCertificate(news.name)
    await store.certificates.put(input, context)
    await store.certificates.put(input, context)
    expect(await traceCounts()).toEqual([1, 1])
  })

  it('are refused with the key of another', async () => {
    const [one, other] = await Promise.all([makeCertificate('a.test'), makeCertificate('b.test')])
    await expect(
      store.certificates.put({ ...one, key: other.key }, context),
    ).rejects.toBeInstanceOf(CertificateError)
    await expect(store.certificates.put({ ...one, fullchain: 'text' }, context)).rejects.toThrow(
      /a\.test cannot be stored: the chain is not valid PEM/,
    )
  })
})

describe('purges', () => {
  it('go to the stream, and as a hint to the channel, with the seq of the stream', async () => {
    await store.domains.put(news, context)
    const subscriber = new Redis(server.url)
    await subscriber.subscribe('cdn:purge')
    const hint = new Promise<string>((resolve) => {
      subscriber.on('message', (_, message: string) => resolve(message))
    })
    const purge = await store.purges.request({ domain: news.name, path: '/a?b=c' }, context)
    expect(purge).toEqual({ id: expect.any(String), domain: news.name, path: '/a?b=c' })
    const [entry] = await redis.xrange('cdn:purges', '-', '+')
    expect(entry?.[1]).toEqual(['message', JSON.stringify(purge)])
    expect(JSON.parse(await hint)).toEqual({ ...purge, seq: entry?.[0] })
    subscriber.disconnect()
    expect(await traceCounts()).toEqual([2, 2])
  })

  it('of a domain that is not configured are not made', async () => {
    expect(await store.purges.request({ domain: news.name }, context)).toBeUndefined()
    expect(await redis.keys('*')).toEqual([])
  })
})

describe('events', () => {
  it('are read from where a reader stopped', async () => {
    for (const name of ['a.test', 'b.test', 'c.test']) {
      await store.domains.put({ ...news, name }, context)
    }
    const [first] = await store.events.read(undefined, 1)
    const rest = await store.events.read(first?.seq, 10)
    expect(rest.map(({ resource }) => resource)).toEqual(['domain/b.test', 'domain/c.test'])
  })
})

describe('streams', () => {
  it('are trimmed to about their cap', async () => {
    const fill = `for i = 1, 10500 do redis.call('XADD', 'cdn:purges', '*', 'message', '{}') end`
    await redis.eval(fill, 0)
    await store.domains.put(news, context)
    await store.purges.request({ domain: news.name }, context)
    expect(await redis.xlen('cdn:purges')).toBeLessThanOrEqual(10_100)
  })
})
