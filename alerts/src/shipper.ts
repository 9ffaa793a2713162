import { shipperMetrics } from '@cirrus/catalog'
import { logPipeline, logPipelinePanels, nodePanels, nodes, panelRef } from '@cirrus/dashboards-src'
import { linesFrom, minutes, shipperSignals } from '@cirrus/queries'
import { type AlertGroup, type InputSeries, counting, defineAlert, holding } from '@cirrus/rules'

const shipper = 'a:1'

function waiting(seconds: number): InputSeries {
  return holding(shipperMetrics.deliveryLag, { instance: shipper }, seconds)
}

const backlog = defineAlert({
  name: 'ShipperBacklog',
  signal: shipperSignals.deliveryLag,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(5) } },
  summary: ({ instance }, value) => `Log lines wait for ${value} at shipper ${instance}`,
  description: ({ instance }, value) =>
    `The oldest line that shipper ${instance} has not delivered is ${value} old; lines wait on its disk.`,
  panel: panelRef(nodes, nodePanels.deliveryLag),
  logs: () => linesFrom('shipper'),
  tests: {
    firing: [
      {
        name: 'lines wait for ten minutes',
        input: [waiting(600)],
        atSeconds: minutes(10),
        levels: ['ticket'],
        labels: { instance: shipper },
        value: 600,
      },
    ],
    feed: { labels: { instance: shipper }, input: (seconds) => [waiting(seconds)] },
    silent: [
      { name: 'lines wait for a minute', input: [waiting(60)], atSeconds: minutes(10) },
      { name: 'nothing waits', input: [waiting(0)], atSeconds: minutes(10) },
    ],
  },
})

function lost(reason: 'rejected' | 'empty', perSecond: number): InputSeries {
  return counting(shipperMetrics.lines, { outcome: 'dropped', reason }, perSecond)
}

const losesLines = defineAlert({
  name: 'ShipperLosesLines',
  signal: shipperSignals.lostLineRate,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(5), keepFiringForSeconds: minutes(10) } },
  summary: ({ reason }, value) => `${value} log lines a second are lost (${reason})`,
  description: ({ reason }, value) =>
    `Shippers drop or set aside ${value} lines a second because of: ${reason}. They will be missing in searches and reports.`,
  panel: panelRef(logPipeline, logPipelinePanels.lostLines),
  logs: () => linesFrom('shipper'),
  tests: {
    silent: [
      { name: 'empty lines are no loss', input: [lost('empty', 5)], atSeconds: minutes(15) },
    ],
    firing: [
      {
        name: 'lines are refused',
        input: [lost('rejected', 5)],
        atSeconds: minutes(15),
        levels: ['ticket'],
        labels: { reason: 'rejected' },
        value: 5,
      },
    ],
    feed: { labels: { reason: 'rejected' }, input: (value) => [lost('rejected', value)] },
  },
})

function pushes(result: 'accepted' | 'rejected', perSecond: number): InputSeries {
  return counting(shipperMetrics.pushes, { result, instance: shipper }, perSecond)
}

const pushesRefused = defineAlert({
  name: 'ShipperPushesRefused',
  signal: shipperSignals.refusedPushRatio,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(5), keepFiringForSeconds: minutes(10) } },
  summary: ({ instance }, value) => `The log store refuses ${value} of the pushes of ${instance}`,
  description: ({ instance }, value) =>
    `${value} of the pushes of shipper ${instance} are refused for good: limits or labels of the log store do not fit.`,
  panel: panelRef(logPipeline, logPipelinePanels.refusedPushes),
  logs: () => linesFrom('shipper'),
  tests: {
    silent: [
      { name: 'too few pushes to tell', input: [pushes('rejected', 0.02)], atSeconds: minutes(15) },
    ],
    firing: [
      {
        name: 'half are refused',
        input: [pushes('accepted', 1), pushes('rejected', 1)],
        atSeconds: minutes(15),
        levels: ['ticket'],
        labels: { instance: shipper },
        value: 0.5,
      },
    ],
    feed: {
      labels: { instance: shipper },
      input: (ratio) => [pushes('accepted', 2 * (1 - ratio)), pushes('rejected', 2 * ratio)],
    },
  },
})

/** The way of log lines to the log store. */
export const shipperAlerts: AlertGroup = {
  name: 'shipper',
  source: 'alerts/src/shipper.ts',
  alerts: [backlog, losesLines, pushesRefused],
}
