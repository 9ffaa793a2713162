import { logEvents, workerMetrics } from '@cirrus/catalog'
import { panelRef, workerPanels, workers } from '@cirrus/dashboards-src'
import { linesFrom, linesOf, minutes, witnessOf, workerSignals } from '@cirrus/queries'
import { type AlertGroup, type InputSeries, counting, defineAlert, holding } from '@cirrus/rules'

const queue = 'health'
const labels = { job_name: 'node-health' } as const

function runs(branch: 'done' | 'failed', perSecond: number): InputSeries {
  return counting(workerMetrics.jobs, { ...labels, branch }, perSecond)
}

const queueBacklog = defineAlert({
  name: 'QueueBacklog',
  signal: workerSignals.jobsWaiting,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(10) } },
  summary: (of, value) => `${value} jobs wait in the queue ${of.queue}`,
  description: (of, value) =>
    `${value} jobs of the queue ${of.queue} are due and not started: there are too few workers, or they are stuck.`,
  panel: panelRef(workers, workerPanels.jobsWaiting),
  logs: () => linesFrom('worker'),
  tests: {
    feed: {
      labels: { queue },
      input: (value) => [holding(workerMetrics.jobsWaiting, { queue }, value)],
    },
  },
})

const jobsStalled = defineAlert({
  name: 'JobsStalled',
  signal: workerSignals.jobRuns,
  team: 'platform',
  levels: { page: { forSeconds: minutes(5) } },
  summary: (of) => `No run of ${of.job_name} came to an end for a quarter of an hour`,
  description: (of) =>
    `Workers are up, but ${of.job_name} does not run: what it watches is not watched any more.`,
  witness: witnessOf(workerMetrics.jobs),
  panel: panelRef(workers, workerPanels.jobRuns),
  logs: () => linesFrom('worker'),
  tests: {
    firing: [
      {
        name: 'no run ends',
        input: [runs('done', 0), runs('failed', 0)],
        atSeconds: minutes(25),
        levels: ['page'],
        labels,
        value: 0,
      },
    ],
    silent: [
      { name: 'a run a minute', input: [runs('done', 1 / 60)], atSeconds: minutes(25) },
      { name: 'every run fails', input: [runs('failed', 1 / 60)], atSeconds: minutes(25) },
      { name: 'not yet long enough', input: [runs('done', 0)], atSeconds: minutes(4) },
      { name: 'nothing is known', input: [], atSeconds: minutes(25) },
    ],
  },
})

const jobsFailing = defineAlert({
  name: 'JobsFailing',
  signal: workerSignals.jobFailureRatio,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(10), keepFiringForSeconds: minutes(5) } },
  summary: (of, value) => `${value} of the runs of ${of.job_name} fail`,
  description: (of, value) => `${value} of the runs of the job ${of.job_name} end as failed.`,
  panel: panelRef(workers, workerPanels.failureRatio),
  logs: (of) => linesOf(logEvents.jobFailed, { job_name: of.job_name }),
  tests: {
    silent: [
      { name: 'too few runs to tell', input: [runs('failed', 0.01)], atSeconds: minutes(20) },
    ],
    firing: [
      {
        name: 'half fail',
        input: [runs('done', 0.1), runs('failed', 0.1)],
        atSeconds: minutes(20),
        levels: ['ticket'],
        labels,
        value: 0.5,
      },
    ],
    feed: { labels, input: (ratio) => [runs('done', 1 - ratio), runs('failed', ratio)] },
  },
})

/** Whether background jobs run at all, and how they end. */
export const jobAlerts: AlertGroup = {
  name: 'jobs',
  source: 'alerts/src/jobs.ts',
  alerts: [queueBacklog, jobsStalled, jobsFailing],
}
