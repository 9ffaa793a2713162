import { apiMetrics } from './api-metrics.ts'
import { edgeMetrics } from './edge-metrics.ts'
import { instance, job } from './labels.ts'
import type { Metric } from './metric.ts'
import { prometheusMetrics } from './prometheus-metrics.ts'
import { shipperMetrics } from './shipper-metrics.ts'
import { workerMetrics } from './worker-metrics.ts'

/** Every metric of the system. */
export const metrics = {
  ...edgeMetrics,
  ...apiMetrics,
  ...workerMetrics,
  ...shipperMetrics,
  ...prometheusMetrics,
} as const satisfies Record<string, Metric>

/** Labels that Prometheus adds to every series it scrapes. */
export const targetLabels = [job, instance] as const
