import { shipperMetrics as metric } from '@cirrus/catalog'
import { max, sum } from '../aggregate.ts'
import { ratio } from '../arithmetic.ts'
import { minutes } from '../duration.ts'
import { quantile } from '../histogram.ts'
import { not } from '../matcher.ts'
import { gauge, increase, rate } from '../series.ts'
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
    description:
      'Lines per second that were dropped or dead-lettered, by reason; empty ones apart.',
    direction: 'higher_is_worse',
    expr: sum(rate(metric.lines, { outcome: not('delivered'), reason: not('empty') })).by('reason'),
    thresholds: { ticket: 0.1 },
  }),
  lineRate: defineSignal({
    name: 'shipper_line_rate',
    title: 'Log lines by end',
    description: 'Lines per second by where they ended.',
    direction: 'neutral',
    expr: sum(rate(metric.lines)).by('outcome'),
    thresholds: {},
  }),
  readRate: defineSignal({
    name: 'shipper_read_rate',
    title: 'Log lines read',
    description: 'Lines per second by the process that wrote them.',
    direction: 'neutral',
    expr: sum(rate(metric.linesRead)).by('service'),
    thresholds: {},
  }),
  refusedPushRatio: defineSignal({
    name: 'shipper_refused_push_ratio',
    title: 'Refused pushes',
    description: 'Share of pushes that the log store refused for good.',
    direction: 'higher_is_worse',
    expr: ratio(
      sum(rate(metric.pushes, { result: 'rejected' })).by('instance'),
      sum(rate(metric.pushes)).by('instance'),
    ),
    thresholds: { ticket: 0.02 },
    minEvents: { events: sum(increase(metric.pushes)).by('instance'), atLeast: 10 },
  }),
  pushRate: defineSignal({
    name: 'shipper_push_rate',
    title: 'Pushes by answer',
    description: 'Push requests per second by the answer of the log store.',
    direction: 'neutral',
    expr: sum(rate(metric.pushes)).by('result'),
    thresholds: {},
  }),
  pushDurationP95: defineSignal({
    name: 'shipper_push_duration_p95',
    title: 'Push duration, 95th percentile',
    description: 'Time the log store takes to answer a push.',
    direction: 'higher_is_worse',
    expr: quantile(0.95, metric.pushDuration).by('instance'),
    thresholds: {},
  }),
  spoolBytes: defineSignal({
    name: 'shipper_spool_bytes',
    title: 'Spool on disk',
    description: 'Size of the lines that a shipper keeps on disk.',
    direction: 'neutral',
    expr: sum(gauge(metric.spoolBytes)).by('instance'),
    thresholds: {},
  }),
  foldedLabelRate: defineSignal({
    name: 'shipper_folded_label_rate',
    title: 'Label values folded',
    description: 'Label values per second that the label guard replaced.',
    direction: 'higher_is_worse',
    expr: sum(rate(metric.labelsFolded)).by('label'),
    thresholds: {},
  }),
} as const
