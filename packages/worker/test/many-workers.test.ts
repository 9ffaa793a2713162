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
} from './worker-fixture.ts'

let redis: RunningRedis
let store: ConnectedStore
let node: TestNode
let workers: readonly TestWorker[]

beforeEach(async () => {
  redis = await startRedis()
  store = await connectStore({ url: redis.url })
  node = await startTestNode('edge-a')
  await store.nodes.put(node.input, context)
  workers = await Promise.all([startTestWorker(redis.url), startTestWorker(redis.url)])
})

afterEach(async () => {
  await Promise.all((workers ?? []).map((worker) => worker.stop()))
  await node?.stop()
  await store?.close()
  await redis?.stop()
})

const ended = (branch: string): number =>
  workers
    .flatMap(({ lines }) => lines)
    .filter((line) => line['job_name'] === 'node-health' && line['branch'] === branch).length

const bothSay = (value: number | undefined): Promise<true> =>
  waitUntil(async () => {
    const samples = await Promise.all(
      workers.map(({ sample }) => sample('cirrus_node_up{node="edge-a"}')),
    )
    return samples.every((sample) => sample === value) || undefined
  })

describe('two workers', () => {
  it('never run the same job at the same time; who comes second ends locked', async () => {
    let checking = 0
    let most = 0
    node.answer = (request, response) => {
      most = Math.max(most, (checking += 1))
      // Longer than the interval of the job, so that the next run begins meanwhile.
      setTimeout(() => {
        checking -= 1
        healthy(request, response)
      }, 1500)
    }
    await waitUntil(() => ended('locked') >= 3 && ended('done') >= 3, { timeoutMs: 20_000 })
    expect(most).toBe(1)
    expect(ended('failed')).toBe(0)
  })

  it('export the same health, whichever of them checked', async () => {
    await bothSay(1)
    node.answer = (_, response) => void response.destroy()
    await bothSay(0)
    await store.nodes.delete('edge-a', context)
    await bothSay(undefined)
  })
})
