import { apiMetrics as metric } from '@cirrus/catalog'
import { max, min, sum } from '../aggregate.ts'
import { ratio } from '../arithmetic.ts'
import { quantile } from '../histogram.ts'
import { matching } from '../matcher.ts'
import { gauge, increase, rate } from '../series.ts'
import { defineSignal } from '../signal.ts'

/** What customers ask for; probes and scrapes are not. */
const asked = { route: matching('/api/.*') } as const
const requests = sum(rate(metric.apiRequests, asked))
const requestCount = sum(increase(metric.apiRequests, asked))

/** The control API as its users notice it, and what it stands on. */
export const apiSignals = {
  requestRate: defineSignal({
    name: 'api_request_rate',
    title: 'API requests',
    description: 'API requests per second by route; probes and scrapes too.',
    direction: 'neutral',
    expr: sum(rate(metric.apiRequests)).by('method', 'route'),
    thresholds: {},
  }),
  statusRate: defineSignal({
    name: 'api_status_rate',
    title: 'API answers by status',
    description: 'API requests per second by class of the HTTP status; probes and scrapes too.',
    direction: 'neutral',
    expr: sum(rate(metric.apiRequests)).by('status'),
    thresholds: {},
  }),
  errorRatio: defineSignal({
    name: 'api_error_ratio',
    title: 'API error ratio',
    description: 'Share of API requests answered with a 5xx status; probes and scrapes apart.',
    direction: 'higher_is_worse',
    expr: ratio(sum(rate(metric.apiRequests, { ...asked, status: '5xx' })), requests),
    thresholds: { page: 0.2, ticket: 0.05 },
    minEvents: { events: requestCount, atLeast: 10 },
  }),
  latencyP99: defineSignal({
    name: 'api_latency_p99',
    title: 'API latency, 99th percentile',
    description: 'Time to answer an API request; probes and scrapes apart.',
    direction: 'higher_is_worse',
    expr: quantile(0.99, metric.apiRequestDuration, asked).by<never>(),
    thresholds: { ticket: 1 },
    minEvents: { events: requestCount, atLeast: 20 },
  }),
  inFlight: defineSignal({
    name: 'api_requests_in_flight',
    title: 'API requests in flight',
    description: 'Requests that one API process is answering at once: how saturated it is.',
    direction: 'higher_is_worse',
    expr: max(gauge(metric.apiRequestsInFlight)).by('instance'),
    thresholds: { ticket: 100 },
  }),
  storeUp: defineSignal({
    name: 'store_up',
    title: 'Redis as processes see it',
    description:
      'Whether Redis answers the API and the workers; 0 where one of them gets no answer.',
    direction: 'lower_is_worse',
    expr: min(gauge(metric.storeUp)).by('job'),
    thresholds: { page: 1 },
  }),
} as const
