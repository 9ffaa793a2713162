import { edgeSignals, workerSignals } from '@cirrus/queries'
import { describe, expect, it } from 'vitest'
import { certificates } from '../certificates.ts'
import { edgeTraffic, edgeTrafficPanels } from '../edge-traffic.ts'
import { panelRef } from './dashboard.ts'
import { show } from './panel.ts'
import { timeSeries } from './panels.ts'

const errors = show(edgeSignals.errorRatio, ({ host }) => host)
const latency = show(edgeSignals.latencyP99, ({ host }) => host)

// Every line below an expect-error comment must fail to compile: `npm run typecheck` says so.
const mistakes = (): readonly unknown[] => [
  // @ts-expect-error results per host carry no node
  show(edgeSignals.errorRatio, ({ node }) => node),
  // @ts-expect-error a ratio and a time share no axis
  timeSeries({ id: 1, series: [errors, latency] }),
  // @ts-expect-error a panel shows something
  timeSeries({ id: 1, series: [] }),
]

describe('timeSeries', () => {
  it('refuses mistakes at compile time', () => {
    expect(mistakes).toBeTypeOf('function')
  })

  it('speaks of its first signal unless told otherwise', () => {
    const panel = timeSeries({ id: 1, series: [errors], height: 9 })
    expect(panel).toMatchObject({ title: 'Error ratio', width: 12, height: 9 })
    expect(panel.queries[0]?.legend).toBe('{{host}}')
  })
})

describe('panelRef', () => {
  it('knows where a panel stands and what it shows', () => {
    expect(panelRef(edgeTraffic, edgeTrafficPanels.latency)).toMatchObject({
      dashboard: 'edge-traffic',
      panel: 4,
      shows: { edge_latency_p99: true, edge_latency_p95: true },
      variables: { host: 'domain', team: 'team' },
    })
  })

  it('refuses a panel of another dashboard', () => {
    const stranger = timeSeries({ id: 9, series: [show(workerSignals.nodeUp, ({ node }) => node)] })
    expect(() => panelRef(certificates, stranger)).toThrow(
      'Panel "Node state" is not on the dashboard certificates',
    )
  })
})
