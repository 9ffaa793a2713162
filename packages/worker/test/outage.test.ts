import { type RunningRedis, freePort, startRedis, waitUntil } from '@cirrus/servers'
import { connectStore } from '@cirrus/store'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type TestNode,
  type TestWorker,
  context,
  startTestNode,
  startTestWorker,
} from './worker-fixture.ts'

let redis: RunningRedis
let node: TestNode | undefined
let worker: TestWorker | undefined

afterEach(async () => {
  await worker?.stop()
  await node?.stop()
  await redis?.stop()
  worker = undefined
  node = undefined
})

const jobsDone = (): number =>
  worker?.lines.filter(({ job_name, branch }) => job_name === 'node-health' && branch === 'done')
    .length ?? 0

const moreJobsDone = async (timeoutMs: number): Promise<number> => {
  const before = jobsDone()
  const since = performance.now()
  await waitUntil(() => jobsDone() > before, { timeoutMs, what: 'a job to be done' })
  return performance.now() - since
}

async function addNode(): Promise<void> {
  node ??= await startTestNode('edge-a')
  const store = await connectStore({ url: redis.url })
  await store.nodes.put(node.input, context)
  await store.close()
}

/** Redis is away for as long as it takes to reach the longest pause between attempts. */
async function stopRedisFor(seconds: number): Promise<void> {
  const since = performance.now()
  await redis.stop()
  await waitUntil(() => performance.now() - since > seconds * 1000)
}

describe('a worker whose Redis goes away', () => {
  it('tells it, keeps running, and works again soon after', async () => {
    redis = await startRedis()
    await addNode()
    worker = await startTestWorker(redis.url)
    const { sample, health, lines } = worker
    await moreJobsDone(5000)
    expect([await health(), await sample('cirrus_store_up')]).toEqual([200, 1])
    expect(await sample('cirrus_jobs_waiting{queue="health"}')).toBeLessThanOrEqual(1)

    await stopRedisFor(5)
    expect([await health(), await sample('cirrus_store_up')]).toEqual([503, 0])

    redis = await startRedis(redis)
    // At most a second until the next attempt, then the job that is overdue.
    expect(await moreJobsDone(5000)).toBeLessThan(2000)
    await waitUntil(async () => (await health()) === 200)
    expect(await sample('cirrus_store_up')).toBe(1)
    await moreJobsDone(3000)
    const told = lines.filter(({ event }) => /^(store|worker)\./.test(String(event)))
    expect(told.map(({ event }) => event)).toEqual(['store.lost', 'store.restored'])
  })

  it('schedules its jobs again when Redis comes back without data', async () => {
    redis = await startRedis()
    await addNode()
    worker = await startTestWorker(redis.url)
    await moreJobsDone(5000)
    await redis.stop()
    redis = await startRedis({ port: redis.port })
    await addNode()
    await moreJobsDone(10_000)
    await moreJobsDone(5000)
  })

  it('waits for a Redis that is not there yet', async () => {
    const port = await freePort()
    const start = startTestWorker(`redis://127.0.0.1:${port}`)
    redis = await startRedis({ port })
    worker = await start
    await addNode()
    await moreJobsDone(5000)
    const events = worker.lines.map(({ event }) => event)
    expect(events.filter((event) => event === 'service.started')).toHaveLength(1)
  })

  it('can be stopped while Redis is away', async () => {
    redis = await startRedis()
    worker = await startTestWorker(redis.url)
    const { health } = worker
    await redis.stop()
    await waitUntil(async () => (await health()) === 503)
    const since = performance.now()
    await worker.stop()
    worker = undefined
    expect(performance.now() - since).toBeLessThan(2000)
  })
})
