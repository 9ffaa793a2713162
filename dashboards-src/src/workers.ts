import { logEvents } from '@cirrus/catalog'
import { apiSignals, linesOf, workerSignals } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { logs, timeSeries } from './style/panels.ts'

const signals = workerSignals

/** Panels that alerts link to. */
export const workerPanels = {
  jobsWaiting: timeSeries({ id: 1, series: [show(signals.jobsWaiting, ({ queue }) => queue)] }),
  jobRuns: timeSeries({
    id: 2,
    series: [show(signals.jobRuns, (labels) => labels.job_name)],
  }),
  failureRatio: timeSeries({
    id: 3,
    series: [show(signals.jobFailureRatio, (labels) => labels.job_name)],
  }),
} as const

/** Background jobs: whether they run, how they end, and what waits. */
export const workers: Dashboard = {
  uid: 'workers',
  folder: 'platform',
  title: 'Workers and queues',
  description: 'Background jobs: whether they run, how they end, and what waits.',
  variables: [],
  rows: [
    {
      title: 'Queues',
      panels: [
        workerPanels.jobsWaiting,
        workerPanels.jobRuns,
        workerPanels.failureRatio,
        timeSeries({
          id: 4,
          stacked: true,
          series: [show(signals.jobBranchRate, ({ branch }) => branch)],
        }),
        timeSeries({
          id: 5,
          series: [show(signals.jobDurationP95, (labels) => labels.job_name)],
        }),
        timeSeries({ id: 6, series: [show(apiSignals.storeUp, ({ job }) => job)] }),
      ],
    },
    {
      title: 'Logs',
      panels: [
        logs({
          id: 7,
          title: 'Failed jobs',
          description: 'Job runs that failed, with what went wrong.',
          lines: linesOf(logEvents.jobFailed),
        }),
      ],
    },
  ],
}
