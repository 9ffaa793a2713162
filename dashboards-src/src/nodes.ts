import { workerMetrics } from '@cirrus/catalog'
import { shipperSignals, telemetrySignals, workerSignals } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { stat, timeSeries } from './style/panels.ts'
import { labelVariable } from './style/variables.ts'

const signals = workerSignals

/** Panels that alerts link to. */
export const nodePanels = {
  consecutiveFailures: timeSeries({
    id: 4,
    series: [show(signals.nodeConsecutiveFailures, ({ node }) => node)],
  }),
  nodesUpRatio: timeSeries({ id: 11, series: [show(signals.nodesUpRatio, () => 'Share up')] }),
  targetsUp: timeSeries({
    id: 7,
    series: [show(telemetrySignals.targetsUpRatio, ({ job }) => job)],
  }),
  deliveryLag: timeSeries({
    id: 8,
    series: [show(shipperSignals.deliveryLag, ({ instance }) => instance)],
  }),
} as const

/** Health of the edge nodes, and of the telemetry that tells about them. */
export const nodes: Dashboard = {
  uid: 'nodes',
  folder: 'platform',
  title: 'Nodes and telemetry',
  description: 'Health of the edge nodes, and of the telemetry that tells about them.',
  variables: [labelVariable(workerMetrics.nodeUp, 'node', 'Node')],
  rows: [
    {
      title: 'Nodes',
      panels: [
        stat({ id: 1, series: [show(signals.nodesUp, () => 'Nodes up')] }),
        stat({ id: 2, series: [show(signals.nodesUpRatio, () => 'Share up')] }),
        stat({ id: 3, width: 12, series: [show(signals.nodeUp, ({ node }) => node)] }),
        nodePanels.nodesUpRatio,
        nodePanels.consecutiveFailures,
        timeSeries({ id: 5, series: [show(signals.nodeCheckFailureRatio, ({ node }) => node)] }),
        timeSeries({
          id: 6,
          series: [show(signals.nodeCheckLatencyP95, ({ node }) => node)],
        }),
      ],
    },
    {
      title: 'Telemetry',
      panels: [
        nodePanels.targetsUp,
        nodePanels.deliveryLag,
        timeSeries({
          id: 9,
          series: [show(shipperSignals.linesWaiting, ({ instance }) => instance)],
        }),
        timeSeries({ id: 10, series: [show(shipperSignals.lostLineRate, ({ reason }) => reason)] }),
      ],
    },
  ],
}
