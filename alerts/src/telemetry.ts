import { prometheusMetrics, serviceNames } from '@cirrus/catalog'
import { nodePanels, nodes, panelRef } from '@cirrus/dashboards-src'
import { linesFrom, minutes, telemetrySignals } from '@cirrus/queries'
import { type AlertGroup, type InputSeries, defineAlert, holding } from '@cirrus/rules'

function worker(instance: string, up: 0 | 1): InputSeries {
  return holding(prometheusMetrics.up, { job: 'worker', instance }, up)
}

const targetDown = defineAlert({
  name: 'TargetDown',
  signal: telemetrySignals.targetsUpRatio,
  team: 'platform',
  levels: { page: { forSeconds: minutes(3) }, ticket: { forSeconds: minutes(3) } },
  summary: ({ job }, value) => `Only ${value} of the ${job} processes can be scraped`,
  description: ({ job }, value) =>
    `Prometheus reaches ${value} of the ${job} processes: the rest is down, or its telemetry is.`,
  witness: { jobs: serviceNames },
  panel: panelRef(nodes, nodePanels.targetsUp),
  logs: ({ job }) => linesFrom(job),
  tests: {
    firing: [
      {
        name: 'all processes are down',
        input: [worker('a:1', 0), worker('b:1', 0)],
        atSeconds: minutes(10),
        levels: ['page', 'ticket'],
        labels: { job: 'worker' },
        value: 0,
      },
      {
        name: 'one of two is down',
        input: [worker('a:1', 1), worker('b:1', 0)],
        atSeconds: minutes(10),
        levels: ['ticket'],
        labels: { job: 'worker' },
        value: 0.5,
      },
    ],
    silent: [
      {
        name: 'all are up',
        input: [worker('a:1', 1), worker('b:1', 1)],
        atSeconds: minutes(10),
      },
      { name: 'down for a moment', input: [worker('a:1', 0)], atSeconds: minutes(1) },
    ],
  },
})

/** Whether the telemetry itself arrives. */
export const telemetryAlerts: AlertGroup = {
  name: 'telemetry',
  source: 'alerts/src/telemetry.ts',
  alerts: [targetDown],
}
