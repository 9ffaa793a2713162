import * as label from './labels.ts'
import { defineMetric } from './metric.ts'

const services = ['shipper'] as const

/** Exported by the log shipper at `/metrics`. */
export const shipperMetrics = {
  linesRead: defineMetric({
    name: 'cirrus_shipper_lines_read_total',
    kind: 'counter',
    unit: 'count',
    help: 'Lines read from inputs.',
    labels: [label.service],
    services,
  }),
  lines: defineMetric({
    name: 'cirrus_shipper_lines_total',
    kind: 'counter',
    unit: 'count',
    help: 'Lines by where they ended and why.',
    labels: [label.lineOutcome, label.lineReason],
    services,
  }),
  linesWaiting: defineMetric({
    name: 'cirrus_shipper_lines_waiting',
    kind: 'gauge',
    unit: 'count',
    help: 'Lines on disk that are not yet delivered.',
    labels: [],
    services,
  }),
  spoolBytes: defineMetric({
    name: 'cirrus_shipper_spool_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Size of the spool on disk.',
    labels: [],
    services,
  }),
  deliveryLag: defineMetric({
    name: 'cirrus_shipper_delivery_lag_seconds',
    kind: 'gauge',
    unit: 'seconds',
    help: 'Age of the oldest line that is not yet delivered; 0 when none waits.',
    labels: [],
    services,
  }),
  pushes: defineMetric({
    name: 'cirrus_shipper_pushes_total',
    kind: 'counter',
    unit: 'count',
    help: 'Push requests by answer.',
    labels: [label.pushResult],
    services,
  }),
  pushDuration: defineMetric({
    name: 'cirrus_shipper_push_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time the log store took to answer a push.',
    labels: [],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    services,
  }),
  labelsFolded: defineMetric({
    name: 'cirrus_shipper_labels_folded_total',
    kind: 'counter',
    unit: 'count',
    help: 'Label values replaced by the label guard.',
    labels: [label.guardedLabel],
    services,
  }),
} as const
