import { type RunningRedis, startRedis, waitUntil } from '@cirrus/servers'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { type ConnectedStore, StoreUnavailableError, connectStore } from '../src/index.ts'
import { context, news } from './store-fixture.ts'

let server: RunningRedis
let store: ConnectedStore | undefined

afterEach(async () => {
  await store?.close()
  await server.stop()
})

function domainsOf(traces: readonly { readonly resource: string }[]): readonly string[] {
  return traces.map(({ resource }) => resource.replace('domain/', '')).toSorted()
}

async function restart({ port, directory }: RunningRedis): Promise<void> {
  server = await startRedis({ port, directory })
}

describe('a store whose Redis goes away', () => {
  it('fails at once, tells it once, and comes back by itself', async () => {
    const told: string[] = []
    server = await startRedis()
    store = await connectStore({
      url: server.url,
      onLost: () => told.push('lost'),
      onRestored: () => told.push('restored'),
    })
    await store.domains.put(news, context)
    expect(store.isUp()).toBe(true)

    await server.stop()
    const since = performance.now()
    await expect(store.domains.get(news.name)).rejects.toBeInstanceOf(StoreUnavailableError)
    await expect(store.domains.put(news, context)).rejects.toBeInstanceOf(StoreUnavailableError)
    await expect(store.ping()).rejects.toThrow(/check that Redis runs/)
    expect(performance.now() - since).toBeLessThan(500)
    expect(store.isUp()).toBe(false)

    await restart(server)
    const { domains } = store
    const back = await waitUntil(() => domains.get(news.name), { timeoutMs: 5000 })
    expect(back.document.name).toBe(news.name)
    await store.close()
    expect(told).toEqual(['lost', 'restored'])
  })

  it('does not wait longer than its limit for a Redis that hangs', async () => {
    server = await startRedis()
    store = await connectStore({ url: server.url, commandTimeoutMs: 200 })
    process.kill(server.pid, 'SIGSTOP')
    const since = performance.now()
    const asked = store.domains.get(news.name)
    await expect(asked).rejects.toBeInstanceOf(StoreUnavailableError)
    expect(performance.now() - since).toBeLessThan(1500)
    process.kill(server.pid, 'SIGCONT')
    const { ping } = store
    await waitUntil(() => ping().then(() => true))
  })

  it('connects although Redis is not there yet', async () => {
    server = await startRedis()
    const { url } = server
    await server.stop()
    const told: string[] = []
    store = await connectStore({ url, onLost: ({ message }) => told.push(message) })
    expect(told).toEqual([expect.stringContaining('ECONNREFUSED')])
    await restart(server)
    const { ping } = store
    await waitUntil(() => ping().then(() => true), { timeoutMs: 5000 })
  })

  it('answers "not now" of a Redis that takes no writes as unavailable', async () => {
    server = await startRedis({ password: 'right' })
    store = await connectStore({ url: server.url.replace('right', 'wrong') })
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailableError)
  })
})

describe('a Redis that is killed while domains are written', () => {
  it('keeps every acknowledged write, and no state without its audit record and event', async () => {
    server = await startRedis()
    store = await connectStore({ url: server.url })
    const { domains, audit, events } = store
    const acknowledged = new Set<string>()
    const killed = new AbortController()
    const write = async (id: number): Promise<void> => {
      for (let count = 0; !killed.signal.aborted && count < 10_000; count += 1) {
        const name = `d${id}-${count}.test`
        await domains.put({ ...news, name }, context)
        acknowledged.add(name)
      }
    }
    const writers = Promise.allSettled([0, 1, 2, 3, 4, 5, 6, 7].map(write))
    await waitUntil(() => acknowledged.size > 300)
    await server.kill()
    killed.abort()
    await writers
    await restart(server)
    const stored = await waitUntil(() => domains.list(undefined, 100_000))
    const names = stored.items.map(({ document }) => document.name)
    const records = await audit.list(undefined, 100_000)
    expect(names).toEqual(expect.arrayContaining([...acknowledged]))
    expect(domainsOf(records.items)).toEqual(names.toSorted())
    expect(domainsOf(await events.read(undefined, 100_000))).toEqual(names.toSorted())
  })
})

describe('a Redis whose audit stream is broken', () => {
  it('takes no change at all', async () => {
    server = await startRedis()
    store = await connectStore({ url: server.url })
    const redis = new Redis(server.url)
    await redis.set('cdn:audit', 'not a stream')
    await expect(store.domains.put(news, context)).rejects.toThrow(/WRONGTYPE/)
    expect(await redis.keys('*')).toEqual(['cdn:audit'])
    redis.disconnect()
  })
})
