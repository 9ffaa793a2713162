import { linesFrom, shipperSignals } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { logs, timeSeries } from './style/panels.ts'

const signals = shipperSignals

/** Panels that alerts link to. */
export const logPipelinePanels = {
  lostLines: timeSeries({ id: 5, series: [show(signals.lostLineRate, ({ reason }) => reason)] }),
  refusedPushes: timeSeries({
    id: 6,
    series: [show(signals.refusedPushRatio, ({ instance }) => instance)],
  }),
} as const

/** The way of log lines from the processes to the log store. */
export const logPipeline: Dashboard = {
  uid: 'log-pipeline',
  folder: 'platform',
  title: 'Log pipeline',
  description: 'The way of log lines from the processes to the log store, and what gets lost.',
  variables: [],
  rows: [
    {
      title: 'Lines',
      panels: [
        timeSeries({ id: 1, series: [show(signals.readRate, ({ service }) => service)] }),
        timeSeries({
          id: 2,
          stacked: true,
          series: [show(signals.lineRate, ({ outcome }) => outcome)],
        }),
        timeSeries({ id: 3, series: [show(signals.deliveryLag, ({ instance }) => instance)] }),
        timeSeries({ id: 4, series: [show(signals.linesWaiting, ({ instance }) => instance)] }),
        logPipelinePanels.lostLines,
        logPipelinePanels.refusedPushes,
      ],
    },
    {
      title: 'Log store and disk',
      panels: [
        timeSeries({
          id: 7,
          stacked: true,
          series: [show(signals.pushRate, ({ result }) => result)],
        }),
        timeSeries({ id: 8, series: [show(signals.pushDurationP95, ({ instance }) => instance)] }),
        timeSeries({ id: 9, series: [show(signals.spoolBytes, ({ instance }) => instance)] }),
        timeSeries({ id: 10, series: [show(signals.foldedLabelRate, ({ label }) => label)] }),
        logs({
          id: 11,
          title: 'Shipper log',
          description: 'What the shippers say about themselves.',
          lines: linesFrom('shipper'),
        }),
      ],
    },
  ],
}
