import type { JobName } from '@cirrus/catalog'
import { type RunningRedis, startRedis, waitUntil } from '@cirrus/servers'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobRun } from '../src/job.ts'
import { type JobQueue, createJobQueue } from '../src/job-queue.ts'

let redis: RunningRedis
let connection: Redis
let queue: JobQueue
const runs: JobRun[] = []
const givenUp: { readonly name: JobName; readonly id: string }[] = []

beforeEach(async () => {
  redis = await startRedis()
  connection = new Redis(redis.url, { maxRetriesPerRequest: null })
  queue = createJobQueue({
    name: 'health',
    connection,
    intervalsMs: new Map([['node-health', 60_000]]),
    run: async (_, run) => void runs.push(run),
    onGivenUp: (name, { id }) => void givenUp.push({ name, id }),
    onError: (error) => expect.unreachable(String(error)),
  })
})

afterEach(async () => {
  await queue.close()
  connection.disconnect()
  await redis.stop()
  runs.length = 0
  givenUp.length = 0
})

const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000)

describe('createJobQueue', () => {
  it('counts jobs that nobody takes, and calls them late after a while', async () => {
    await queue.schedule()
    expect(await queue.countWaiting()).toBe(1)
    expect(await queue.isLate(inSeconds(170))).toBe(false)
    expect(await queue.isLate(inSeconds(190))).toBe(true)
    queue.start()
    await waitUntil(() => runs.length === 1)
    expect(await queue.countWaiting()).toBe(0)
    expect(await queue.isLate(inSeconds(190))).toBe(false)
  })

  it('adds nothing when the same jobs are scheduled again', async () => {
    await queue.schedule()
    await queue.schedule()
    queue.start()
    await waitUntil(() => runs.length === 1)
    await queue.schedule()
    expect(await queue.countWaiting()).toBe(0)
    expect(runs).toMatchObject([{ attempt: 1 }])
  })

  it('puts no data into jobs and keeps all keys in one slot', async () => {
    await queue.schedule()
    const [id] = await connection.lrange('{cirrus}:health:wait', 0, -1)
    expect(await connection.hget(`{cirrus}:health:${id}`, 'data')).toBe('{}')
    const keys = await connection.keys('*')
    expect(keys.filter((key) => !key.startsWith('{cirrus}:'))).toEqual([])
  })

  it('tells of a job that is given up, and does not run it', async () => {
    await queue.schedule()
    const [id = ''] = await connection.lrange('{cirrus}:health:wait', 0, -1)
    // What BullMQ writes when workers died too often while they ran the job.
    await connection.hset(`{cirrus}:health:${id}`, 'defa', 'job stalled more than allowable limit')
    queue.start()
    await waitUntil(() => givenUp.length === 1)
    expect(givenUp).toEqual([{ name: 'node-health', id }])
    expect(runs).toEqual([])
  })
})
