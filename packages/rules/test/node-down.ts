import { logEvents, workerMetrics } from '@cirrus/catalog'
import { linesOf, minutes, witnessOf, workerSignals } from '@cirrus/queries'
import { type AlertDefinition, type PanelRef, holding } from '../src/index.ts'

const signal = workerSignals.nodeConsecutiveFailures

const panel: PanelRef<typeof signal.name> = {
  dashboard: 'nodes',
  panel: 4,
  shows: { node_consecutive_failures: true },
  variables: { node: 'node', env: 'env' },
}

const node = 'edge-a'

/** A small, complete definition for tests to render and to break. */
export const nodeDown = {
  name: 'NodeDown',
  signal,
  team: 'platform',
  levels: { page: { forSeconds: minutes(1) }, ticket: { forSeconds: minutes(5) } },
  summary: (labels, value) => `${labels.node} failed ${value} times`,
  description: (labels) => `Nobody reaches ${labels.node}.`,
  witness: witnessOf(workerMetrics.nodeConsecutiveFailures),
  panel,
  logs: (labels) => linesOf(logEvents.nodeHealthChanged, { node: labels.node }),
  tests: {
    firing: [
      {
        name: 'twelve checks failed',
        input: [holding(workerMetrics.nodeConsecutiveFailures, { node }, 12)],
        atSeconds: minutes(5),
        levels: ['page'],
        labels: { node },
        value: 12,
      },
    ],
    silent: [{ name: 'nothing is known', input: [], atSeconds: minutes(5) }],
  },
} as const satisfies AlertDefinition<
  typeof signal.name,
  typeof signal.expr,
  typeof signal.thresholds
>
