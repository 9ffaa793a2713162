import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type RunningRedis, freePort, startRedis, waitUntil } from '@cirrus/servers'
import { type ConnectedStore, connectStore } from '@cirrus/store'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestNode, context, healthy, startTestNode } from './worker-fixture.ts'
import { type WorkerProcess, bundleWorker, startWorkerProcess } from './worker-process.ts'

let main: string
let redis: RunningRedis
let store: ConnectedStore
let node: TestNode
const processes: WorkerProcess[] = []

beforeAll(async () => {
  main = await bundleWorker()
  redis = await startRedis()
  store = await connectStore({ url: redis.url })
})

afterAll(async () => {
  await store?.close()
  await redis?.stop()
  if (main) await rm(dirname(main), { recursive: true })
})

beforeEach(async () => {
  node = await startTestNode('edge-a')
  await store.nodes.put(node.input, context)
})

afterEach(async () => {
  for (const worker of processes.splice(0)) await worker.kill()
  await node.stop()
  const client = new Redis(redis.url)
  await client.flushall()
  client.disconnect()
})

async function start(settings: Readonly<Record<string, string>> = {}): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(main, { CIRRUS_WORKER_REDIS_URL: redis.url, ...settings })
  processes.push(worker)
  return worker
}

const hang: TestNode['answer'] = () => undefined

describe('a worker process', () => {
  it('lists every wrong setting and exits with 2', async () => {
    const worker = await start({
      CIRRUS_WORKER_PORT: 'http',
      CIRRUS_WORKER_NODE_HEALTH_SUCCS_TO_UP: '0',
      CIRRUS_WORKER_NODE_HEALTH_SUCCESSES: '1',
    })
    expect(await worker.exited).toEqual({ code: 2, signal: undefined })
    expect((await worker.output()).trimEnd().split('\n').toSorted()).toEqual([
      expect.stringContaining('CIRRUS_WORKER_NODE_HEALTH_SUCCESSES'),
      expect.stringContaining('CIRRUS_WORKER_NODE_HEALTH_SUCCS_TO_UP is "0"; it must be >= 1'),
      expect.stringContaining('CIRRUS_WORKER_PORT is "http"; it must be of type integer'),
      '3 settings are wrong:',
    ])
  })

  it('lets a running job end on SIGTERM', async () => {
    const answers: (() => void)[] = []
    node.answer = (request, response) => void answers.push(() => healthy(request, response))
    const worker = await start()
    await waitUntil(() => answers.length > 0)
    process.kill(worker.pid, 'SIGTERM')
    // The job runs still; the worker must neither give it up nor take another one.
    expect(await worker.health()).toBe(200)
    for (const answer of answers) answer()
    expect(await worker.exited).toEqual({ code: 0, signal: undefined })
    const lines = await worker.lines()
    const ended = lines.filter(({ job_name }) => job_name === 'node-health')
    expect(ended).toMatchObject([{ event: 'job.ended', branch: 'done' }])
    expect(lines.at(-1)).toMatchObject({ event: 'service.stopped', reason: 'SIGTERM' })
    expect(node.requests()).toBe(1)
  })

  it('is gone within 8 s of SIGTERM, however long its job would run', async () => {
    node.answer = hang
    // More nodes than are checked at once, five times over, at 2 s each.
    for (let index = 0; index < 160; index += 1) {
      await store.nodes.put({ ...node.input, id: `edge-${index}` }, context)
    }
    const worker = await start()
    await waitUntil(() => node.requests() > 0)
    const since = performance.now()
    process.kill(worker.pid, 'SIGTERM')
    expect(await worker.exited).toEqual({ code: 0, signal: undefined })
    expect(performance.now() - since).toBeLessThan(8000)
    const lines = await worker.lines()
    expect(lines.find(({ event }) => event === 'job.failed')).toMatchObject({
      job_name: 'node-health',
      reason: 'AbortError',
    })
  })

  it('can be stopped while it waits for Redis', async () => {
    const worker = await start({ CIRRUS_WORKER_REDIS_URL: `redis://127.0.0.1:${await freePort()}` })
    await waitUntil(async () => (await worker.health()) === 503)
    expect(await worker.sample('cirrus_store_up')).toBe(0)
    process.kill(worker.pid, 'SIGTERM')
    expect(await worker.exited).toEqual({ code: 0, signal: undefined })
    expect((await worker.lines()).map(({ event }) => event)).toEqual([
      'store.lost',
      'service.stopped',
    ])
  })

  it('takes over the job of a worker that was killed', async () => {
    node.answer = hang
    const victim = await start()
    await waitUntil(() => node.requests() > 0)
    await victim.kill()
    node.answer = healthy
    const heir = await start()
    const takenOver = await waitUntil(
      async () => (await heir.lines()).find(({ attempt }) => attempt === 2),
      { timeoutMs: 25_000, what: 'the second attempt' },
    )
    expect(takenOver).toMatchObject({
      event: 'job.ended',
      job_name: 'node-health',
      branch: 'done',
    })
    expect((await store.nodeHealth.get('edge-a'))?.state).toBe('up')
  }, 60_000)

  it('refuses to start where Redis may evict keys, and says how to mend it', async () => {
    const client = new Redis(redis.url)
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
    const worker = await start()
    expect(await worker.exited).toEqual({ code: 2, signal: undefined })
    expect(await worker.output()).toContain(
      'maxmemory-policy is allkeys-lru; set "maxmemory-policy',
    )
    await client.config('SET', 'maxmemory-policy', 'noeviction')
    client.disconnect()
  })
})
