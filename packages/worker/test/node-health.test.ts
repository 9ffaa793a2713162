import { type RunningRedis, startRedis, waitUntil } from '@cirrus/servers'
import { type ConnectedStore, connectStore } from '@cirrus/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type TestNode,
  type TestWorker,
  context,
  healthy,
  startTestNode,
  startTestWorker,
  unhealthy,
} from './worker-fixture.ts'

let redis: RunningRedis
let store: ConnectedStore
let node: TestNode
let worker: TestWorker

beforeEach(async () => {
  redis = await startRedis()
  store = await connectStore({ url: redis.url })
  node = await startTestNode('edge-a')
  await store.nodes.put(node.input, context)
  worker = await startTestWorker(redis.url)
})

afterEach(async () => {
  await worker?.stop()
  await node?.stop()
  await store?.close()
  await redis?.stop()
})

const stateIs = (state: string): Promise<true> =>
  waitUntil(async () => (await store.nodeHealth.get('edge-a'))?.state === state || undefined, {
    what: `edge-a to be ${state}`,
  })

const sampleIs = (series: string, value: number | undefined): Promise<true> =>
  waitUntil(async () => (await worker.sample(series)) === value || undefined, {
    what: `${series} to be ${value}`,
  })

describe('node-health', () => {
  it('takes a node up, down and up again, each after as many checks as configured', async () => {
    await stateIs('up')
    await sampleIs('cirrus_node_up{node="edge-a"}', 1)
    node.answer = unhealthy
    await stateIs('down')
    await sampleIs('cirrus_node_up{node="edge-a"}', 0)
    expect(await worker.sample('cirrus_node_consecutive_failures{node="edge-a"}')).toBeGreaterThan(
      2,
    )
    expect(await store.nodeHealth.get('edge-a')).toMatchObject({ reason: 'status 503' })
    node.answer = healthy
    await stateIs('up')
    await sampleIs('cirrus_node_up{node="edge-a"}', 1)
    expect(await worker.sample('cirrus_node_consecutive_failures{node="edge-a"}')).toBe(0)

    const events = await store.events.read(undefined, 100)
    const changes = events.filter(({ type }) => type === 'node.health.changed')
    expect(changes.map(({ data }) => data)).toMatchObject([
      { node: 'edge-a', previous: 'unknown', state: 'up', successes: 2 },
      { node: 'edge-a', previous: 'up', state: 'down', failures: 3, reason: 'status 503' },
      { node: 'edge-a', previous: 'down', state: 'up', successes: 2 },
    ])
    const lines = worker.lines.filter(({ event }) => event === 'node.health_changed')
    expect(lines).toMatchObject([
      { node: 'edge-a', branch: 'up', level: 'info' },
      { node: 'edge-a', branch: 'down', level: 'warn', reason: 'status 503' },
      { node: 'edge-a', branch: 'up', level: 'info' },
    ])
    // The event names the job run that the log line names.
    expect(changes.map(({ request_id }) => request_id)).toEqual(lines.map(({ job_id }) => job_id))
  })

  it('forgets a node that was removed', async () => {
    await sampleIs('cirrus_node_up{node="edge-a"}', 1)
    const series = [
      'cirrus_node_consecutive_failures{node="edge-a"}',
      'cirrus_node_checks_total{node="edge-a",result="ok"}',
      'cirrus_node_check_duration_seconds_count{node="edge-a"}',
    ]
    for (const one of series) expect(await worker.sample(one)).toBeGreaterThanOrEqual(0)
    await store.nodes.delete('edge-a', context)
    await sampleIs('cirrus_node_up{node="edge-a"}', undefined)
    for (const one of series) await sampleIs(one, undefined)
    await sampleIs('cirrus_jobs_total{job_name="node-health",branch="failed"}', 0)
    await waitUntil(() => worker.lines.some(({ reason }) => reason === 'no_nodes'))
    expect(await store.nodeHealth.get('edge-a')).toBeUndefined()
  })
})
