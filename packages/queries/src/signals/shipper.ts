import { shipperMetrics as metric } from '@cirrus/catalog'
import { max, sum } from '../aggregate.ts'
import { minutes } from '../duration.ts'
import { not } from '../matcher.ts'
import { gauge, rate } from '../series.ts'
import { defineSignal } from '../signal.ts'

/** The way of log lines from the processes to the log store. */
export const shipperSignals = {
  deliveryLag: defineSignal({
    name: 'shipper_delivery_lag',
    title: 'Log delivery lag',
    description: 'Age of the oldest line that is not yet delivered.',
    direction: 'higher_is_worse',
    expr: max(gauge(metric.deliveryLag)).by('instance'),
    thresholds: { ticket: minutes(2) },
  }),
  linesWaiting: defineSignal({
    name: 'shipper_lines_waiting',
    title: 'Log lines waiting',
    description: 'Lines on disk that are not yet delivered.',
    direction: 'higher_is_worse',
    expr: sum(gauge(metric.linesWaiting)).by('instance'),
    thresholds: {},
  }),
  lostLineRate: defineSignal({
    name: 'shipper_lost_line_rate',
    title: 'Log lines lost',
    description: 'Lines per second that were dropped or dead-lettered, by reason.',
    direction: 'higher_is_worse',
    expr: sum(rate(metric.lines, { outcome: not('delivered') })).by('reason'),
    thresholds: {},
  }),
} as const
