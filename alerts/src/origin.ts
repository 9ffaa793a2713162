import { edgeMetrics, logEvents } from '@cirrus/catalog'
import { originHealth, originPanels, panelRef } from '@cirrus/dashboards-src'
import { atLeast, edgeSignals, linesOf, minutes, withDomainOwner } from '@cirrus/queries'
import { type AlertGroup, counting, defineAlert, holding, latencyAt } from '@cirrus/rules'

const host = 'news.demo.test'
const origin = '192.0.2.1:80'
const owner = { env: 'production', team: 'newsroom', business: 'news' } as const
const labels = { host, ...owner }
const ownerKnown = holding(edgeMetrics.domainInfo, labels, 1)

const originFailing = defineAlert({
  name: 'OriginFailing',
  signal: withDomainOwner(edgeSignals.originErrorRatio),
  team: { fromLabel: 'team' },
  levels: { ticket: { forSeconds: minutes(5), keepFiringForSeconds: minutes(5) } },
  summary: (of, value) => `${value} of the attempts at origin ${of.origin} of ${of.host} fail`,
  description: (of, value) =>
    `Origin ${of.origin} of ${of.host} (${of.env}, team ${of.team}) fails ${value} of the attempts. Visitors notice where neither cache nor another origin helps.`,
  panel: panelRef(originHealth, originPanels.errorRatio),
  logs: (of) => linesOf(logEvents.edgeRequest, { domain: of.host, status: atLeast(500) }),
  tests: {
    firing: [
      {
        name: 'one of two origins fails',
        input: [
          ownerKnown,
          counting(edgeMetrics.upstreamRequests, { host, origin }, 1),
          counting(edgeMetrics.upstreamErrors, { host, origin }, 1),
          counting(edgeMetrics.upstreamRequests, { host, origin: '192.0.2.2:80' }, 1),
        ],
        atSeconds: minutes(15),
        levels: ['ticket'],
        labels: { ...labels, origin },
        value: 1,
      },
    ],
    silent: [
      {
        name: 'too few attempts to tell',
        input: [
          ownerKnown,
          counting(edgeMetrics.upstreamRequests, { host, origin }, 0.05),
          counting(edgeMetrics.upstreamErrors, { host, origin }, 0.05),
        ],
        atSeconds: minutes(15),
      },
    ],
    feed: {
      labels: { ...labels, origin },
      input: (ratio) => [
        ownerKnown,
        counting(edgeMetrics.upstreamRequests, { host, origin }, 2),
        counting(edgeMetrics.upstreamErrors, { host, origin }, 2 * ratio),
      ],
    },
  },
})

const originSlow = defineAlert({
  name: 'OriginSlow',
  signal: withDomainOwner(edgeSignals.originLatencyP95),
  team: { fromLabel: 'team' },
  levels: { ticket: { forSeconds: minutes(10), keepFiringForSeconds: minutes(5) } },
  summary: (of, value) => `1 in 20 answers of the origins of ${of.host} takes ${value} or more`,
  description: (of, value) =>
    `The 95th percentile of the response time of the origins of ${of.host} (team ${of.team}) is ${value}.`,
  panel: panelRef(originHealth, originPanels.latency),
  logs: (of) => linesOf(logEvents.edgeRequest, { domain: of.host, cache: ['MISS', 'EXPIRED'] }),
  tests: {
    silent: [
      {
        name: 'slow but too few to tell',
        input: [
          ownerKnown,
          ...latencyAt(
            edgeMetrics.upstreamResponse,
            { host },
            { q: 0.95, value: 4, perSecond: 0.03 },
          ),
        ],
        atSeconds: minutes(30),
      },
    ],
    feed: {
      labels,
      input: (value) => [
        ownerKnown,
        ...latencyAt(edgeMetrics.upstreamResponse, { host }, { q: 0.95, value, perSecond: 2 }),
      ],
    },
  },
})

/** What the servers behind the edges do. */
export const originAlerts: AlertGroup = {
  name: 'origin',
  source: 'alerts/src/origin.ts',
  alerts: [originFailing, originSlow],
}
