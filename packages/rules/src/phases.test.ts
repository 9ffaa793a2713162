import { edgeMetrics, workerMetrics } from '@cirrus/catalog'
import { describe, expect, it } from 'vitest'
import { counting, holding } from './input.ts'
import { inPhases } from './phases.ts'

const requests = (perSecond: number) =>
  counting(edgeMetrics.httpRequests, { host: 'a.test', status: '200' }, perSecond)
const failures = (value: number) =>
  holding(workerMetrics.nodeConsecutiveFailures, { node: 'edge-a' }, value)

describe('inPhases', () => {
  it('lets counters go on, and start anew after a restart', () => {
    const [series] = inPhases([
      { seconds: 60, input: [requests(1)] },
      { seconds: 30, input: [requests(2)] },
      { seconds: 30, input: [requests(3)], restart: true },
    ])
    expect(series).toMatchObject({
      start: 0,
      perSecond: 1,
      later: [
        { atSeconds: 60, perSecond: 2 },
        { atSeconds: 90, start: 0, perSecond: 3 },
      ],
    })
  })

  it('lets gauges jump', () => {
    const [series] = inPhases([
      { seconds: 60, input: [failures(5)] },
      { seconds: 30, input: [failures(0)] },
    ])
    expect(series).toMatchObject({ start: 5, later: [{ atSeconds: 60, start: 0, perSecond: 0 }] })
  })
})
