import { startRedis, waitUntil } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApi, settings, startApi } from './api-fixture.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

describe('the API while Redis is away', () => {
  it('answers 503 at once, stays alive, and recovers by itself', async () => {
    await api.call('PUT', '/api/v1/domains/a.test', { body: settings })
    await api.redis.stop()

    const since = performance.now()
    const answers = [
      await api.call('GET', '/api/v1/domains/a.test'),
      await api.call('PUT', '/api/v1/domains/b.test', { body: settings }),
      await api.call('GET', '/readyz'),
    ]
    expect(performance.now() - since).toBeLessThan(1000)
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
        body: { code: 'CIRRUS_STORE_UNAVAILABLE', title: 'Store does not answer' },
      })
      expect(api.lineOf(answer)).toMatchObject({
        event: 'api.request_failed',
        level: 'error',
        branch: 'failed',
        err: { type: 'StoreUnavailableError', cause: expect.anything() },
      })
    }
    expect((await api.call('GET', '/healthz')).status).toBe(200)
    expect((await api.call('GET', '/metrics')).text).toContain('cirrus_store_up 0')

    const { port, directory } = api.redis
    const restarted = await startRedis({ port, directory })
    await waitUntil(async () => (await api.call('GET', '/readyz')).status === 200)
    expect((await api.call('GET', '/api/v1/domains/a.test')).status).toBe(200)
    expect((await api.call('GET', '/metrics')).text).toContain('cirrus_store_up 1')
    await restarted.stop()
  })
})
