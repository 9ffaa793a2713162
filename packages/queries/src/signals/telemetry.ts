import { prometheusMetrics as metric } from '@cirrus/catalog'
import { average, min } from '../aggregate.ts'
import { gauge } from '../series.ts'
import { defineSignal } from '../signal.ts'

/** Whether the telemetry itself arrives. */
export const telemetrySignals = {
  targetUp: defineSignal({
    name: 'target_up',
    title: 'Target state',
    description: 'Whether Prometheus could scrape a process.',
    direction: 'lower_is_worse',
    expr: min(gauge(metric.up)).by('job', 'instance'),
    thresholds: { ticket: 1 },
  }),
  targetsUpRatio: defineSignal({
    name: 'targets_up_ratio',
    title: 'Targets up',
    description: 'Share of the processes of a job that Prometheus could scrape.',
    direction: 'lower_is_worse',
    expr: average(gauge(metric.up)).by('job'),
    thresholds: { page: 0.5, ticket: 1 },
  }),
} as const
