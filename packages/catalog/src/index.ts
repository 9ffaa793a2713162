export { apiMetrics } from './api-metrics.ts'
export { type DomainEvent, type DomainEventType, domainEvents } from './domain-events.ts'
export { edgeMetrics } from './edge-metrics.ts'
export { type Environment, environments } from './environments.ts'
export {
  type JobBranch,
  type JobName,
  type QueueName,
  jobBranches,
  jobNames,
  jobs,
  queueNames,
} from './jobs.ts'
export { type Label, OVERFLOW_VALUE, UNKNOWN_VALUE } from './label.ts'
export * as labels from './labels.ts'
export { type LogEvent, type LogEventFields, type LogLevel, logEvents } from './log-events.ts'
export {
  type LogField,
  type LogFieldName,
  type LogFieldType,
  type LogFieldValue,
  type LogLabelName,
  type Placement,
  logFields,
  logLabelNames,
} from './log-fields.ts'
export { renderLuaCatalog } from './lua-catalog.ts'
export {
  type LabelName,
  type LabelValues,
  type Metric,
  type MetricKind,
  type Unit,
  defineMetric,
} from './metric.ts'
export { metrics, targetLabels } from './metrics.ts'
export { prometheusMetrics } from './prometheus-metrics.ts'
export {
  type LogSource,
  SCRAPE_INTERVAL_SECONDS,
  type Service,
  logSources,
  serviceNames,
  services,
} from './services.ts'
export { shipperMetrics } from './shipper-metrics.ts'
export { type Business, type Team, businesses, teamNames, teams } from './teams.ts'
export { workerMetrics } from './worker-metrics.ts'
