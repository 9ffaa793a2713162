import { apiMetrics, edgeMetrics, logEvents } from '@cirrus/catalog'
import { panelRef, sloPanels, slos as dashboard } from '@cirrus/dashboards-src'
import { atLeast, linesOf, slis } from '@cirrus/queries'
import { counting, defineSlo, holding, observing, sloGroup } from '@cirrus/rules'

const host = 'news.demo.test'
const labels = { host, env: 'production', team: 'newsroom', business: 'news' } as const
const ownerKnown = holding(edgeMetrics.domainInfo, labels, 1)
const panel = panelRef(dashboard, sloPanels.burnRate)

const edgeAvailability = defineSlo({
  name: 'edge-availability',
  title: 'Availability',
  services: ['edge'],
  team: { fromLabel: 'team' },
  objective: 0.999,
  periodDays: 30,
  sli: slis.edgeAvailability,
  minEvents: 100,
  panel,
  logs: ({ host: domain }) => linesOf(logEvents.edgeRequest, { domain, status: atLeast(500) }),
  feed: {
    labels,
    input: (errorRatio, perSecond) => [
      ownerKnown,
      counting(edgeMetrics.httpRequests, { host, status: '200' }, perSecond * (1 - errorRatio)),
      counting(edgeMetrics.httpRequests, { host, status: '502' }, perSecond * errorRatio),
    ],
  },
})

const edgeLatency = defineSlo({
  name: 'edge-latency',
  title: 'Speed',
  services: ['edge'],
  team: { fromLabel: 'team' },
  objective: 0.99,
  periodDays: 30,
  sli: slis.edgeLatency,
  minEvents: 100,
  panel,
  logs: ({ host: domain }) => linesOf(logEvents.edgeRequest, { domain, cache: ['MISS', 'BYPASS'] }),
  feed: {
    labels,
    input: (slowRatio, perSecond) => {
      const slow = duration(1, perSecond * slowRatio)
      const fast = duration(0.01, perSecond * (1 - slowRatio))
      return [
        ownerKnown,
        ...slow.map((series, index) => ({
          ...series,
          perSecond: series.perSecond + (fast[index]?.perSecond ?? 0),
        })),
      ]
    },
  },
})

function duration(value: number, perSecond: number) {
  return observing(edgeMetrics.httpRequestDuration, { host }, { value, perSecond })
}

const route = '/api/v1/domains/:name'

const apiAvailability = defineSlo({
  name: 'api-availability',
  title: 'Availability of the API',
  services: ['api'],
  team: 'platform',
  objective: 0.995,
  periodDays: 28,
  sli: slis.apiAvailability,
  minEvents: 20,
  panel,
  logs: () => linesOf(logEvents.apiRequestFailed),
  feed: {
    labels: {},
    input: (errorRatio, perSecond) => [
      counting(
        apiMetrics.apiRequests,
        { method: 'PUT', route, status: '2xx' },
        perSecond * (1 - errorRatio),
      ),
      counting(
        apiMetrics.apiRequests,
        { method: 'PUT', route, status: '5xx' },
        perSecond * errorRatio,
      ),
    ],
  },
})

/** What is promised, and who is told when the promise is at stake. */
export const sloAlerts = sloGroup('alerts/src/slos.ts', [
  edgeAvailability,
  edgeLatency,
  apiAvailability,
])
