import { prometheusMetrics as metric } from '@cirrus/catalog'
import { average } from '../aggregate.ts'
import { gauge } from '../series.ts'
import { defineSignal } from '../signal.ts'

/** Whether the telemetry itself arrives. */
export const telemetrySignals = {
  targetsUpRatio: defineSignal({
    name: 'targets_up_ratio',
    title: 'Targets up',
    description: 'Share of the processes of a job that Prometheus could scrape.',
    direction: 'lower_is_worse',
    expr: average(gauge(metric.up)).by('job'),
    thresholds: { page: 0.5, ticket: 1 },
  }),
} as const
