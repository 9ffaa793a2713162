import { defineMetric } from './metric.ts'
import { serviceNames } from './services.ts'

/** Written by Prometheus itself for every target. */
export const prometheusMetrics = {
  up: defineMetric({
    name: 'up',
    kind: 'gauge',
    unit: 'boolean',
    help: 'Whether the last scrape of a target succeeded.',
    labels: [],
    services: serviceNames,
  }),
} as const
