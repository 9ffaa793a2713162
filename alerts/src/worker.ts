import { logEvents, workerMetrics } from '@cirrus/catalog'
import {
  certificatePanels,
  certificates,
  nodePanels,
  nodes,
  panelRef,
} from '@cirrus/dashboards-src'
import { days, hours, linesOf, minutes, witnessOf, workerSignals } from '@cirrus/queries'
import { type AlertGroup, type InputSeries, defineAlert, holding } from '@cirrus/rules'

const certificateLabels = {
  host: 'news.demo.test',
  env: 'production',
  team: 'newsroom',
  business: 'news',
} as const

/** A certificate of some validity of which some is left; test time starts at 0. */
function certificate(validitySeconds: number, leftSeconds: number): readonly InputSeries[] {
  const { certificateNotBefore, certificateNotAfter } = workerMetrics
  return [
    holding(certificateNotBefore, certificateLabels, leftSeconds - validitySeconds),
    holding(certificateNotAfter, certificateLabels, leftSeconds),
  ]
}

// As long as the ticket waits, and a little more.
const anHourLater = hours(1) + minutes(1)

const certificateExpiresSoon = defineAlert({
  name: 'CertificateExpiresSoon',
  signal: workerSignals.certificateLifeLeft,
  // A quarter of a year-long certificate is no reason to act, two days of a weekly one neither.
  also: workerSignals.certificateTimeLeft,
  team: { fromLabel: 'team' },
  levels: { page: { forSeconds: minutes(10) }, ticket: { forSeconds: hours(1) } },
  summary: ({ host }, value) => `Certificate of ${host} has ${value} of its life left`,
  description: ({ host, team }, value) =>
    `The certificate stored for ${host} (team ${team}) has ${value} of its validity left and was not renewed.`,
  // Without certificates there is nothing to tell; without workers nobody counts who lacks one.
  witness: witnessOf(workerMetrics.domainsWithoutCertificate),
  panel: panelRef(certificates, certificatePanels.lifeLeft),
  logs: () => linesOf(logEvents.jobEnded, { job_name: 'certificate-inventory' }),
  tests: {
    firing: [
      {
        name: 'three days of ninety left',
        input: certificate(days(90), days(3)),
        atSeconds: anHourLater,
        levels: ['page', 'ticket'],
        labels: certificateLabels,
        value: (days(3) - anHourLater) / days(90),
      },
      {
        name: 'ten days of forty-five left',
        input: certificate(days(45), days(10)),
        atSeconds: anHourLater,
        levels: ['ticket'],
        labels: certificateLabels,
        value: (days(10) - anHourLater) / days(45),
      },
      {
        name: 'expired',
        input: certificate(days(90), -days(1)),
        atSeconds: anHourLater,
        levels: ['page', 'ticket'],
        labels: certificateLabels,
        value: -(days(1) + anHourLater) / days(90),
      },
    ],
    silent: [
      {
        name: 'two thirds of the life left',
        input: certificate(days(90), days(60)),
        atSeconds: anHourLater,
      },
      {
        name: 'a fifth of a year-long certificate is many days',
        input: certificate(days(365), days(73)),
        atSeconds: anHourLater,
      },
      {
        name: 'five days of a weekly certificate are most of its life',
        input: certificate(days(7), days(5)),
        atSeconds: anHourLater,
      },
    ],
  },
})

const node = 'edge-a'

function failures(inARow: number): InputSeries {
  return holding(workerMetrics.nodeConsecutiveFailures, { node }, inARow)
}

const nodeHealthCheckFailing = defineAlert({
  name: 'NodeHealthCheckFailing',
  signal: workerSignals.nodeConsecutiveFailures,
  team: 'platform',
  levels: { page: { forSeconds: minutes(1) }, ticket: { forSeconds: minutes(1) } },
  summary: (labels, value) => `${value} health checks of ${labels.node} failed in a row`,
  description: (labels, value) =>
    `The workers got no healthy answer from edge node ${labels.node} ${value} times in a row.`,
  witness: witnessOf(workerMetrics.nodeConsecutiveFailures),
  panel: panelRef(nodes, nodePanels.consecutiveFailures),
  logs: (labels) => linesOf(logEvents.nodeHealthChanged, { node: labels.node }),
  tests: {
    firing: [
      {
        name: 'twelve checks failed',
        input: [failures(12)],
        atSeconds: minutes(5),
        levels: ['page', 'ticket'],
        labels: { node },
        value: 12,
      },
      {
        name: 'three checks failed',
        input: [failures(3)],
        atSeconds: minutes(5),
        levels: ['ticket'],
        labels: { node },
        value: 3,
      },
    ],
    feed: { labels: { node }, input: (value) => [failures(value)] },
    silent: [
      { name: 'two checks failed', input: [failures(2)], atSeconds: minutes(5) },
      { name: 'checks succeed', input: [failures(0)], atSeconds: minutes(5) },
      { name: 'no worker reports', input: [], atSeconds: minutes(5) },
    ],
  },
})

function nodesOf(...states: readonly (0 | 1)[]): readonly InputSeries[] {
  return states.map((up, index) => holding(workerMetrics.nodeUp, { node: `edge-${index}` }, up))
}

const tooFewNodes = defineAlert({
  name: 'TooFewNodes',
  signal: workerSignals.nodesUpRatio,
  team: 'platform',
  levels: { page: { forSeconds: minutes(2) }, ticket: { forSeconds: minutes(5) } },
  summary: (_, value) => `Only ${value} of the edge nodes are healthy`,
  description: (_, value) =>
    `${value} of the edge nodes are healthy; the rest must carry the traffic of all.`,
  witness: witnessOf(workerMetrics.nodeUp),
  panel: panelRef(nodes, nodePanels.nodesUpRatio),
  logs: () => linesOf(logEvents.nodeHealthChanged),
  tests: {
    firing: [
      {
        name: 'one of four is up',
        input: nodesOf(1, 0, 0, 0),
        atSeconds: minutes(10),
        levels: ['page', 'ticket'],
        labels: {},
        value: 0.25,
      },
      {
        name: 'half are up',
        input: nodesOf(1, 1, 0, 0),
        atSeconds: minutes(10),
        levels: ['ticket'],
        labels: {},
        value: 0.5,
      },
    ],
    silent: [
      { name: 'three of four are up', input: nodesOf(1, 1, 1, 0), atSeconds: minutes(10) },
      { name: 'all are up', input: nodesOf(1, 1), atSeconds: minutes(10) },
      { name: 'not yet long enough', input: nodesOf(0, 0), atSeconds: minutes(1) },
      { name: 'nothing is known', input: [], atSeconds: minutes(10) },
    ],
  },
})

/** What the background jobs watch: certificates and nodes. */
export const workerAlerts: AlertGroup = {
  name: 'worker',
  source: 'alerts/src/worker.ts',
  alerts: [certificateExpiresSoon, nodeHealthCheckFailing, tooFewNodes],
}
