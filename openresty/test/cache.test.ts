import { execFileSync } from 'node:child_process'
import type { RequestListener } from 'node:http'
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
  purge,
  putDomain,
  redisClient,
  startOrigin,
  verdict,
} from './fixture.ts'

/** Answers with the caching that the path asks for; `/plain` says nothing about caching. */
const scripted: RequestListener = (incoming, response) => {
  const path = incoming.url ?? ''
  if (path.startsWith('/minute')) response.setHeader('cache-control', 'max-age=60')
  if (path.startsWith('/second')) response.setHeader('cache-control', 'max-age=1')
  if (path.startsWith('/private')) response.setHeader('cache-control', 'private')
  if (path.startsWith('/cookie')) response.setHeader('set-cookie', 'a=b')
  if (incoming.headers.range !== undefined) response.statusCode = 206
  response.end(path)
}

describe('cache', () => {
  let server: RunningRedis
  let redis: Redis
  let edge: RunningEdge
  let origin: Origin
  const host = 'cache.test'

  beforeAll(async () => {
    server = await startRedis()
    redis = redisClient(server.url)
    origin = await startOrigin(scripted)
    edge = await startEdge({ redisUrl: server.url, node: 'edge-t' })
    await putDomain(redis, host, {
      origins: [originOf(origin.port)],
      cache: { enable: true, ttl: 2 },
    })
  })

  afterAll(async () => {
    await edge?.stop()
    redis?.disconnect()
    await server?.stop()
    await origin?.stop()
  })

  const twice = async (path: string, more: object = {}): Promise<readonly unknown[]> => [
    await verdict(edge, { host, path, ...more }),
    await verdict(edge, { host, path, ...more }),
  ]

  it('stores what the origin allows to be stored', async () => {
    expect(await twice('/minute/a')).toEqual(['MISS', 'HIT'])
    expect(await twice('/private')).toEqual(['MISS', 'MISS'])
    expect(await twice('/cookie')).toEqual(['MISS', 'MISS'])
  })

  it('stores for the time of the domain where the origin says nothing', async () => {
    expect(await twice('/plain')).toEqual(['MISS', 'HIT'])
    await waitUntil(async () => (await verdict(edge, { host, path: '/plain' })) === 'STALE')
    await waitUntil(async () => (await verdict(edge, { host, path: '/plain' })) === 'HIT')
  })

  it('stores nothing of a domain that does not cache', async () => {
    const uncached = { origins: [originOf(origin.port)], cache: { enable: false, ttl: 60 } }
    await putDomain(redis, 'uncached.test', uncached)
    const asked = { host: 'uncached.test', path: '/minute/a' }
    expect([await verdict(edge, asked), await verdict(edge, asked)]).toEqual(['BYPASS', 'BYPASS'])
  })

  it.each([{ cookie: 'session=1' }, { authorization: 'Basic eDp5' }])(
    'neither reads nor stores answers for one visitor: %o',
    async (headers) => {
      const path = `/minute/private-${Object.keys(headers)[0]}`
      expect(await twice(path, { headers })).toEqual(['BYPASS', 'BYPASS'])
      expect(await verdict(edge, { host, path })).toBe('MISS')
    },
  )

  it('fetches anew on a forced reload, for everyone', async () => {
    const path = '/minute/reload'
    await twice(path)
    const fetched = origin.received.length
    expect(await verdict(edge, { host, path, headers: { pragma: 'no-cache' } })).toBe('BYPASS')
    expect(origin.received.length).toBe(fetched + 1)
    expect(await verdict(edge, { host, path })).toBe('HIT')
  })

  it('stores each range of bytes apart', async () => {
    const path = '/minute/range'
    expect(await twice(path, { headers: { range: 'bytes=0-1' } })).toEqual(['MISS', 'HIT'])
    expect(await verdict(edge, { host, path })).toBe('MISS')
    const part = await ask(edge, { host, path, headers: { range: 'bytes=0-1' } })
    expect(part.status).toBe(206)
  })

  it('purges one URL and nothing else', async () => {
    const paths = ['/minute/p?x=1', '/minute/p?x=2']
    for (const path of paths) await twice(path)
    await purge(redis, host, '/minute/p?x=1')
    await waitUntil(async () => (await verdict(edge, { host, path: '/minute/p?x=1' })) === 'MISS')
    expect(await verdict(edge, { host, path: '/minute/p?x=2' })).toBe('HIT')
    expect(await verdict(edge, { host, path: '/minute/p?x=1' })).toBe('HIT')
  })

  it('purges a whole domain and no other', async () => {
    await putDomain(redis, 'other.test', { origins: [originOf(origin.port)] })
    await twice('/minute/q')
    await verdict(edge, { host: 'other.test', path: '/minute/q' })
    await purge(redis, host)
    await waitUntil(async () => (await verdict(edge, { host, path: '/minute/q' })) === 'MISS')
    expect(await verdict(edge, { host: 'other.test', path: '/minute/q' })).toBe('HIT')
  })

  it('applies a message that came over the channel only, and survives one that is no JSON', async () => {
    await twice('/minute/r')
    await redis.publish('cdn:purge', 'not JSON')
    await redis.publish('cdn:purge', JSON.stringify({ domain: host, path: '/minute/r' }))
    await waitUntil(async () => (await verdict(edge, { host, path: '/minute/r' })) === 'MISS')
  })

  it('serves the stale copy when the origin fails', async () => {
    const failing = await startOrigin(scripted)
    await putDomain(redis, 'failing.test', { origins: [originOf(failing.port)] })
    const asked = { host: 'failing.test', path: '/second' }
    expect(await verdict(edge, asked)).toBe('MISS')
    await failing.stop()
    await waitUntil(async () => (await verdict(edge, asked)) === 'STALE')
    expect((await ask(edge, asked)).body).toBe('/second')
  })

  it('updates in the background without making the client wait, and books the fetch', async () => {
    let delayMs = 0
    const slow = await startOrigin((_, response) => {
      setTimeout(
        () => response.writeHead(200, { 'cache-control': 'max-age=1' }).end('slow'),
        delayMs,
      )
    })
    await putDomain(redis, 'slow.test', { origins: [originOf(slow.port)] })
    await verdict(edge, { host: 'slow.test' })
    delayMs = 500
    await waitUntil(async () => (await verdict(edge, { host: 'slow.test' })) === 'STALE')
    const line = await waitUntil(async () =>
      (await accessLog(edge, 1)).find(
        ({ domain, cache }) => domain === 'slow.test' && cache === 'STALE',
      ),
    )
    expect(line['duration']).toBeLessThan(0.4)
    expect(line['upstreams']).toMatchObject([{ addr: `127.0.0.1:${slow.port}`, status: 200 }])
    expect(slow.received).toHaveLength(2)
    await slow.stop()
  })
})

describe('purges that an edge did not hear', () => {
  let redisServer: RunningRedis
  let redis: Redis
  let edge: RunningEdge
  let origin: Origin
  const host = 'catch-up.test'

  beforeAll(async () => {
    redisServer = await startRedis()
    redis = redisClient(redisServer.url)
    origin = await startOrigin()
    edge = await startEdge({ redisUrl: redisServer.url, node: 'edge-t' })
    await putDomain(redis, host, { origins: [originOf(origin.port)] })
  })

  afterAll(async () => {
    await edge?.stop()
    redis?.disconnect()
    await redisServer?.stop()
    await origin?.stop()
  })

  async function restartRedis(): Promise<void> {
    await redisServer.stop()
    redisServer = await startRedis({ directory: redisServer.directory, port: redisServer.port })
  }

  async function restartEdge(whileAway: () => Promise<void>): Promise<void> {
    await edge.stop()
    await whileAway()
    const { directory, httpPort } = edge
    edge = await startEdge({ redisUrl: redisServer.url, node: 'edge-t', directory, httpPort })
  }

  const at = (path: string): Promise<string | undefined> => verdict(edge, { host, path })

  it('are applied after Redis was away', async () => {
    await at('/a')
    await at('/b')
    await restartRedis()
    await purge(redis, host, '/a')
    await waitUntil(async () => (await at('/a')) === 'MISS')
    expect(await at('/b')).toBe('HIT')
  })

  it('are applied after the edge was away; everything else is still cached', async () => {
    await at('/a')
    await at('/b')
    await restartEdge(() => purge(redis, host, '/a'))
    expect([await at('/a'), await at('/b')]).toEqual(['MISS', 'HIT'])
  })

  it('stay applied after the edge restarts, also when it was killed', async () => {
    await at('/c')
    await purge(redis, host, '/c')
    await waitUntil(async () => (await at('/c')) === 'MISS')
    // The purged object and the new one are both on disk now.
    await edge.kill()
    await restartEdge(async () => {})
    expect(await at('/c')).toBe('HIT')
    await purge(redis, host)
    await waitUntil(async () => (await at('/c')) === 'MISS')
    await restartEdge(async () => {})
    await restartEdge(async () => {})
    expect([await at('/c'), await at('/b')]).toEqual(['HIT', 'MISS'])
  })

  it('purge everything where the stream no longer has them', async () => {
    await at('/d')
    await restartEdge(async () => {
      for (let i = 0; i < 3; i += 1) await purge(redis, host, '/x')
      await redis.xtrim('cdn:purges', 'MAXLEN', 1)
    })
    expect(await at('/d')).toBe('MISS')
    expect(await at('/d')).toBe('HIT')
  })

  it('purge everything where Redis lost its data', async () => {
    await at('/e')
    await redis.flushall()
    await putDomain(redis, host, { origins: [originOf(origin.port)] })
    await purge(redis, 'unrelated.test', '/')
    await waitUntil(async () => (await at('/e')) === 'MISS')
    expect(await at('/e')).toBe('HIT')
    await restartEdge(async () => void (await redis.del('cdn:purges')))
    expect(await at('/e')).toBe('MISS')
  })

  it('are followed again when worker 0 is killed', async () => {
    await at('/f')
    const children = execFileSync('pgrep', ['-P', String(edge.pid)], { encoding: 'utf8' })
    for (const pid of children.trim().split('\n')) process.kill(Number(pid), 'SIGKILL')
    await waitUntil(async () => (await at('/f').catch(() => undefined)) === 'HIT')
    await purge(redis, host, '/f')
    await waitUntil(async () => (await at('/f')) === 'MISS')
  })
})
