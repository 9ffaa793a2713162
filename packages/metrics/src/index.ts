export { createMetrics } from './create-metrics.ts'
export type { Counter, Gauge, Histogram, Info, Instrument, Instruments } from './instrument.ts'
export { type MetricsServer, createMetricsServer } from './metrics-server.ts'
