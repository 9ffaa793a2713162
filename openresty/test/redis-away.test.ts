import { setTimeout as delay } from 'node:timers/promises'
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
  ask,
  originOf,
  putDomain,
  redisClient,
  scrape,
  startOrigin,
} from './fixture.ts'

describe('an edge without Redis', () => {
  let server: RunningRedis
  let redis: Redis
  let edge: RunningEdge
  let origin: Origin

  const health = async (): Promise<unknown> => {
    const response = await fetch(new URL('/healthz', edge.metricsUrl))
    return Object.assign({ code: response.status }, await response.json())
  }
  const redisUp = async (): Promise<number | undefined> =>
    (await scrape(edge)).get('cirrus_edge_redis_up')

  beforeAll(async () => {
    server = await startRedis()
    redis = redisClient(server.url)
    origin = await startOrigin()
    edge = await startEdge({ redisUrl: server.url, node: 'edge-t', workerProcesses: 2 })
    await putDomain(redis, 'known.test', {
      origins: [originOf(origin.port)],
      cache: { enable: false },
    })
  })

  afterAll(async () => {
    await edge?.stop()
    redis?.disconnect()
    await server?.stop()
    await origin?.stop()
  })

  it('is healthy while Redis answers', async () => {
    expect(await health()).toEqual({ code: 200, status: 'ok', redis: 'up', node: 'edge-t' })
    expect(await redisUp()).toBe(1)
    expect((await ask(edge, { host: 'known.test' })).status).toBe(200)
  })

  it('keeps serving known domains while Redis is away, and knows when it is back', async () => {
    await server.kill()
    const end = performance.now() + 5500
    while (performance.now() < end) {
      expect((await ask(edge, { host: 'known.test' })).status).toBe(200)
      await delay(50)
    }
    expect(await health()).toMatchObject({ code: 200, status: 'degraded', redis: 'down' })
    expect(await redisUp()).toBe(0)
    const unknown = await ask(edge, { host: 'unheard-of.test' })
    expect([unknown.status, unknown.headers['retry-after']]).toEqual([503, '1'])
    expect(
      (await scrape(edge)).get('cirrus_edge_config_lookups_total{result="stale"}'),
    ).toBeGreaterThan(0)

    server = await startRedis({ directory: server.directory, port: server.port })
    await waitUntil(async () => (await redisUp()) === 1)
    await waitUntil(async () => (await ask(edge, { host: 'unheard-of.test' })).status === 404)
    expect(await health()).toMatchObject({ code: 200, status: 'ok' })
  })

  it('answers quickly while Redis hangs', async () => {
    process.kill(server.pid, 'SIGSTOP')
    try {
      await delay(2100)
      const began = performance.now()
      for (let i = 0; i < 20; i += 1) {
        expect((await ask(edge, { host: 'known.test' })).status).toBe(200)
      }
      expect(performance.now() - began).toBeLessThan(2000)
    } finally {
      process.kill(server.pid, 'SIGCONT')
    }
  })
})
