export { accessLogTable } from './access-log-table.ts'
export { LedgerError, LokiRefusedError, LokiUnavailableError } from './errors.ts'
export { exportAccessLogs } from './export-access-logs.ts'
export {
  type ExportOptions,
  type ExportProgress,
  type Prices,
  type ReadLimits,
  defaultReadLimits,
} from './export-options.ts'
export { type ExportReport, type IncompleteWindow, isExact } from './export-report.ts'
export {
  type DomainTraffic,
  type Traffic,
  type TrafficQuestion,
  type TrafficSummary,
  summarizeTraffic,
} from './traffic.ts'
