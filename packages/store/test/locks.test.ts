import { type RunningRedis, startRedis, waitUntil } from '@cirrus/servers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ConnectedStore, connectStore } from '../src/index.ts'

let redis: RunningRedis
let store: ConnectedStore
let name: string
let count = 0

beforeAll(async () => {
  redis = await startRedis()
  store = await connectStore({ url: redis.url })
})

afterAll(async () => {
  await store?.close()
  await redis?.stop()
})

beforeEach(() => {
  name = `lock-${(count += 1)}`
})

describe('locks', () => {
  it('are held by one at a time', async () => {
    expect(await store.locks.acquire(name, 'a', 10_000)).toBe(true)
    expect(await store.locks.acquire(name, 'b', 10_000)).toBe(false)
    expect(await store.locks.acquire(name, 'a', 10_000)).toBe(false)
  })

  it('can be taken again once given back', async () => {
    await store.locks.acquire(name, 'a', 10_000)
    expect(await store.locks.release(name, 'a')).toBe(true)
    expect(await store.locks.acquire(name, 'b', 10_000)).toBe(true)
  })

  it('are neither given back nor renewed by anyone but their holder', async () => {
    await store.locks.acquire(name, 'a', 10_000)
    expect(await store.locks.release(name, 'b')).toBe(false)
    expect(await store.locks.renew(name, 'b', 10_000)).toBe(false)
    expect(await store.locks.acquire(name, 'c', 10_000)).toBe(false)
  })

  it('end by themselves, unless renewed', async () => {
    await store.locks.acquire(name, 'a', 10_000)
    await store.locks.acquire(`${name}-short`, 'a', 100)
    expect(await store.locks.renew(name, 'a', 100)).toBe(true)
    await waitUntil(() => store.locks.acquire(name, 'b', 10_000))
    await waitUntil(() => store.locks.acquire(`${name}-short`, 'b', 10_000))
    expect(await store.locks.renew(name, 'a', 10_000)).toBe(false)
  })
})
