import * as label from './labels.ts'
import { defineMetric } from './metric.ts'

const services = ['api'] as const

/** Exported by the control API at `/metrics`. */
export const apiMetrics = {
  apiRequests: defineMetric({
    name: 'cirrus_api_requests_total',
    kind: 'counter',
    unit: 'count',
    help: 'API requests answered.',
    labels: [label.method, label.route, label.statusClass],
    services,
  }),
  apiRequestDuration: defineMetric({
    name: 'cirrus_api_request_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time to answer an API request.',
    labels: [label.method, label.route],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    services,
  }),
  apiRequestsInFlight: defineMetric({
    name: 'cirrus_api_requests_in_flight',
    kind: 'gauge',
    unit: 'count',
    help: 'API requests being answered now.',
    labels: [],
    services,
  }),
  storeUp: defineMetric({
    name: 'cirrus_store_up',
    kind: 'gauge',
    unit: 'boolean',
    help: 'Whether Redis answers this process.',
    labels: [],
    services: ['api', 'worker'],
  }),
} as const
