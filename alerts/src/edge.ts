import { edgeMetrics, logEvents } from '@cirrus/catalog'
import { edgeTraffic, edgeTrafficPanels as panels, panelRef } from '@cirrus/dashboards-src'
import {
  atLeast,
  edgeSignals,
  linesOf,
  minutes,
  observations,
  withDomainOwner,
  witnessOf,
} from '@cirrus/queries'
import {
  type AlertGroup,
  type InputSeries,
  counting,
  defineAlert,
  holding,
  latencyAt,
  logging,
  observing,
} from '@cirrus/rules'

const host = 'news.demo.test'
const owner = { env: 'production', team: 'newsroom', business: 'news' } as const
const labels = { host, ...owner }
const ownerKnown = holding(edgeMetrics.domainInfo, labels, 1)

function requests(status: string, perSecond: number): InputSeries {
  return counting(edgeMetrics.httpRequests, { host, status }, perSecond)
}

function latencies(value: number, perSecond: number): readonly InputSeries[] {
  return observing(edgeMetrics.httpRequestDuration, { host }, { value, perSecond })
}

function verdicts(hits: number, misses: number): readonly InputSeries[] {
  return [
    counting(edgeMetrics.cacheStatus, { host, status: 'HIT' }, hits),
    counting(edgeMetrics.cacheStatus, { host, status: 'MISS' }, misses),
  ]
}

const errorRateHigh = defineAlert({
  name: 'EdgeErrorRateHigh',
  signal: withDomainOwner(edgeSignals.errorRatio),
  team: { fromLabel: 'team' },
  levels: {
    page: { forSeconds: minutes(2), keepFiringForSeconds: minutes(3) },
    ticket: { forSeconds: minutes(10), keepFiringForSeconds: minutes(5) },
  },
  summary: ({ host: domain }, value) => `${domain} answers ${value} of requests with a 5xx status`,
  description: ({ host: domain, team, env }, value) =>
    `${value} of the requests to ${domain} (${env}, team ${team}) fail at the edge or at the origin.`,
  witness: witnessOf(edgeMetrics.httpRequests),
  panel: panelRef(edgeTraffic, panels.errorRatio),
  logs: ({ host: domain }) => linesOf(logEvents.edgeRequest, { domain, status: atLeast(500) }),
  tests: {
    firing: [
      {
        name: 'half of the requests fail',
        input: [ownerKnown, requests('200', 1), requests('502', 1)],
        atSeconds: minutes(15),
        levels: ['page', 'ticket'],
        labels,
        value: 0.5,
      },
      {
        name: 'a few requests fail for a long time',
        input: [ownerKnown, requests('200', 24), requests('502', 1)],
        atSeconds: minutes(20),
        levels: ['ticket'],
        labels,
        value: 0.04,
      },
    ],
    feed: {
      labels,
      input: (ratio) => [ownerKnown, requests('200', 2 * (1 - ratio)), requests('502', 2 * ratio)],
    },
    silent: [
      {
        name: 'just under the threshold',
        input: [ownerKnown, requests('200', 99), requests('502', 1)],
        atSeconds: minutes(20),
      },
      {
        name: 'not yet long enough',
        input: [ownerKnown, requests('200', 1), requests('502', 1)],
        atSeconds: minutes(1),
      },
      {
        name: 'no traffic',
        input: [ownerKnown, requests('200', 0), requests('502', 0)],
        atSeconds: minutes(20),
      },
      {
        name: 'too few requests to tell',
        input: [ownerKnown, requests('502', 0.05)],
        atSeconds: minutes(20),
      },
    ],
  },
})

const latencyHigh = defineAlert({
  name: 'EdgeLatencyP99High',
  signal: withDomainOwner(edgeSignals.latencyP99),
  team: { fromLabel: 'team' },
  levels: {
    page: { forSeconds: minutes(5), keepFiringForSeconds: minutes(5) },
    ticket: { forSeconds: minutes(15), keepFiringForSeconds: minutes(5) },
  },
  summary: ({ host: domain }, value) => `1 in 100 requests to ${domain} takes ${value} or more`,
  description: ({ host: domain, team }, value) =>
    `The 99th percentile of response time of ${domain} (team ${team}) is ${value}.`,
  witness: witnessOf(observations(edgeMetrics.httpRequestDuration)),
  panel: panelRef(edgeTraffic, panels.latency),
  logs: ({ host: domain }) => linesOf(logEvents.edgeRequest, { domain, cache: ['MISS', 'BYPASS'] }),
  tests: {
    firing: [
      {
        name: 'every request takes three seconds',
        input: [ownerKnown, requests('200', 2), ...latencies(3, 2)],
        atSeconds: minutes(30),
        levels: ['page', 'ticket'],
        labels,
        // Inside the bucket of 2.5 to 5 seconds, Prometheus interpolates.
        value: 4.975,
      },
    ],
    feed: {
      labels,
      input: (value) => [
        ownerKnown,
        requests('200', 2),
        ...latencyAt(edgeMetrics.httpRequestDuration, { host }, { q: 0.99, value, perSecond: 2 }),
      ],
    },
    silent: [
      {
        name: 'every request takes half a second',
        input: [ownerKnown, requests('200', 2), ...latencies(0.5, 2)],
        atSeconds: minutes(30),
      },
      {
        name: 'slow but too few to tell',
        input: [ownerKnown, requests('200', 0.1), ...latencies(3, 0.1)],
        atSeconds: minutes(30),
      },
    ],
  },
})

const hitRatioLow = defineAlert({
  name: 'EdgeCacheHitRatioLow',
  signal: withDomainOwner(edgeSignals.hitRatio),
  team: { fromLabel: 'team' },
  levels: { ticket: { forSeconds: minutes(30) } },
  summary: ({ host: domain }, value) => `Only ${value} of cacheable requests to ${domain} hit`,
  description: ({ host: domain, team }, value) =>
    `The cache answers ${value} of the cacheable requests to ${domain} (team ${team}); origins carry the rest.`,
  panel: panelRef(edgeTraffic, panels.hitRatio),
  logs: ({ host: domain }) =>
    linesOf(logEvents.edgeRequest, { domain, cache: ['MISS', 'EXPIRED'] }),
  tests: {
    firing: [
      {
        name: 'one in five hits',
        input: [ownerKnown, ...verdicts(1, 4)],
        atSeconds: minutes(45),
        levels: ['ticket'],
        labels,
        value: 0.2,
      },
    ],
    feed: { labels, input: (ratio) => [ownerKnown, ...verdicts(2 * ratio, 2 * (1 - ratio))] },
    silent: [
      { name: 'half hit', input: [ownerKnown, ...verdicts(1, 1)], atSeconds: minutes(45) },
      { name: 'no traffic', input: [ownerKnown, ...verdicts(0, 0)], atSeconds: minutes(45) },
    ],
  },
})

const logErrorSpike = defineAlert({
  name: 'EdgeLogErrorSpike',
  signal: edgeSignals.logErrorRate,
  team: { fromLabel: 'team' },
  levels: { ticket: { forSeconds: minutes(2) } },
  summary: ({ host: domain }, value) => `Edges log ${value} errors a second about ${domain}`,
  description: ({ host: domain, team, env }, value) =>
    `The error log of the edges has ${value} lines a second about ${domain} (${env}, team ${team}).`,
  panel: panelRef(edgeTraffic, panels.logErrorRate),
  logs: ({ host: domain }) => linesOf(logEvents.edgeError, { domain }),
  tests: {
    firing: [
      {
        name: 'two errors a second',
        input: [logging(logEvents.edgeError, { domain: host, ...owner }, 2)],
        atSeconds: minutes(10),
        levels: ['ticket'],
        labels,
        value: 2,
      },
    ],
    silent: [
      {
        name: 'an error now and then',
        input: [logging(logEvents.edgeError, { domain: host, ...owner }, 0.1)],
        atSeconds: minutes(10),
      },
    ],
  },
})

const redisAway = defineAlert({
  name: 'EdgeRedisAway',
  signal: edgeSignals.redisUp,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(5) } },
  summary: ({ instance }) => `Edge ${instance} does not reach Redis`,
  description: ({ instance }) =>
    `Edge ${instance} serves what it knows, but hears of no purge and no changed domain.`,
  panel: panelRef(edgeTraffic, panels.redisUp),
  logs: () => linesOf(logEvents.edgeError),
  tests: {
    feed: {
      labels: { instance: 'a:1' },
      input: (up) => [holding(edgeMetrics.redisUp, { instance: 'a:1' }, up)],
    },
  },
})

/** What clients of a domain notice. */
export const edgeAlerts: AlertGroup = {
  name: 'edge',
  source: 'alerts/src/edge.ts',
  alerts: [errorRateHigh, latencyHigh, hitRatioLow, logErrorSpike, redisAway],
}
