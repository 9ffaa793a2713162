import { apiMetrics, logEvents } from '@cirrus/catalog'
import { api, apiPanels, panelRef } from '@cirrus/dashboards-src'
import { apiSignals, linesFrom, linesOf, minutes, witnessOf } from '@cirrus/queries'
import {
  type AlertGroup,
  type InputSeries,
  counting,
  defineAlert,
  holding,
  latencyAt,
} from '@cirrus/rules'

const method = 'PUT'
const route = '/api/v1/domains/:name'

function requests(status: '2xx' | '5xx', perSecond: number): InputSeries {
  return counting(apiMetrics.apiRequests, { method, route, status }, perSecond)
}

const errorRateHigh = defineAlert({
  name: 'ApiErrorRateHigh',
  signal: apiSignals.errorRatio,
  team: 'platform',
  levels: {
    page: { forSeconds: minutes(2), keepFiringForSeconds: minutes(3) },
    ticket: { forSeconds: minutes(5), keepFiringForSeconds: minutes(5) },
  },
  summary: (_, value) => `The API answers ${value} of requests with a 5xx status`,
  description: (_, value) =>
    `${value} of the requests to the control API fail; whoever changes a domain or purges gets errors.`,
  witness: witnessOf(apiMetrics.apiRequests),
  panel: panelRef(api, apiPanels.errorRatio),
  logs: () => linesOf(logEvents.apiRequestFailed),
  tests: {
    firing: [
      {
        name: 'half of the requests fail',
        input: [requests('2xx', 1), requests('5xx', 1)],
        atSeconds: minutes(15),
        levels: ['page', 'ticket'],
        labels: {},
        value: 0.5,
      },
    ],
    silent: [
      {
        name: 'too few requests to tell',
        input: [requests('5xx', 0.02)],
        atSeconds: minutes(15),
      },
      {
        name: 'only probes fail',
        input: [
          counting(apiMetrics.apiRequests, { method: 'GET', route: '/healthz', status: '5xx' }, 1),
        ],
        atSeconds: minutes(15),
      },
    ],
    feed: {
      labels: {},
      input: (ratio) => [requests('2xx', 2 * (1 - ratio)), requests('5xx', 2 * ratio)],
    },
  },
})

const latencyHigh = defineAlert({
  name: 'ApiLatencyP99High',
  signal: apiSignals.latencyP99,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(10), keepFiringForSeconds: minutes(5) } },
  summary: (_, value) => `1 in 100 API requests takes ${value} or more`,
  description: (_, value) => `The 99th percentile of response time of the control API is ${value}.`,
  panel: panelRef(api, apiPanels.latency),
  logs: () => linesOf(logEvents.apiRequest),
  tests: {
    feed: {
      labels: {},
      input: (value) => [
        requests('2xx', 2),
        ...latencyAt(
          apiMetrics.apiRequestDuration,
          { method, route },
          { q: 0.99, value, perSecond: 2 },
        ),
      ],
    },
  },
})

const saturated = defineAlert({
  name: 'ApiSaturated',
  signal: apiSignals.inFlight,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(5) } },
  summary: ({ instance }, value) => `API ${instance} answers ${value} requests at once`,
  description: ({ instance }, value) =>
    `${value} requests wait for an answer at API ${instance}: it gets more than it can do.`,
  panel: panelRef(api, apiPanels.inFlight),
  logs: () => linesOf(logEvents.apiRequest),
  tests: {
    feed: {
      labels: { instance: 'a:1' },
      input: (value) => [holding(apiMetrics.apiRequestsInFlight, { instance: 'a:1' }, value)],
    },
  },
})

function storeSeenBy(job: 'api' | 'worker', instance: string, up: number): InputSeries {
  return holding(apiMetrics.storeUp, { job, instance }, up)
}

const storeAway = defineAlert({
  name: 'StoreAway',
  signal: apiSignals.storeUp,
  team: 'platform',
  levels: { page: { forSeconds: minutes(2) } },
  summary: ({ job }) => `Redis does not answer the ${job}`,
  description: ({ job }) =>
    `At least one ${job} process gets no answer from Redis: nothing can be changed, purged or checked.`,
  witness: witnessOf(apiMetrics.storeUp),
  panel: panelRef(api, apiPanels.storeUp),
  logs: ({ job }) => linesFrom(job),
  tests: {
    firing: [
      {
        name: 'one of two workers gets no answer',
        input: [
          storeSeenBy('api', 'a:1', 1),
          storeSeenBy('worker', 'b:1', 1),
          storeSeenBy('worker', 'c:1', 0),
        ],
        atSeconds: minutes(5),
        levels: ['page'],
        labels: { job: 'worker' },
        value: 0,
      },
    ],
    silent: [
      { name: 'Redis answers', input: [storeSeenBy('api', 'a:1', 1)], atSeconds: minutes(5) },
    ],
    feed: { labels: { job: 'api' }, input: (up) => [storeSeenBy('api', 'a:1', up)] },
  },
})

/** What users of the control API notice. */
export const apiAlerts: AlertGroup = {
  name: 'api',
  source: 'alerts/src/api.ts',
  alerts: [errorRateHigh, latencyHigh, saturated, storeAway],
}
