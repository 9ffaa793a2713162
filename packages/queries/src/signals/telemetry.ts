import { labels, prometheusMetrics as metric } from '@cirrus/catalog'
import { average, sum } from '../aggregate.ts'
import { type Recording, recorded } from '../recorded.ts'
import { gauge } from '../series.ts'
import { defineSignal } from '../signal.ts'

/** Written by Prometheus itself for every pending and firing alert. */
const alertState = {
  name: 'ALERTS',
  labels: [
    { name: 'alertname', description: 'Name of the alert.', bound: 100 },
    { name: 'alertstate', description: 'pending or firing.', bound: 2 },
    { name: 'severity', description: 'How urgent it is.', bound: 3 },
    labels.team,
  ],
  unit: 'count',
} as const satisfies Recording

/** Whether the telemetry itself arrives, and what it says. */
export const telemetrySignals = {
  targetsUpRatio: defineSignal({
    name: 'targets_up_ratio',
    title: 'Targets up',
    description: 'Share of the processes of a job that Prometheus could scrape.',
    direction: 'lower_is_worse',
    expr: average(gauge(metric.up)).by('job'),
    thresholds: { page: 0.5, ticket: 1 },
  }),
  firingAlerts: defineSignal({
    name: 'firing_alerts',
    title: 'Firing',
    description: 'Alerts of Prometheus that fire now; those of Loki are in Alertmanager only.',
    direction: 'neutral',
    expr: sum(recorded(alertState, { alertstate: 'firing' })).by('alertname', 'severity', 'team'),
    thresholds: {},
  }),
} as const
