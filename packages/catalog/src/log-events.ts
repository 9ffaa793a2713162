import type { LogFieldName, LogFieldValue } from './log-fields.ts'
import type { Service } from './services.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'fatal'

/** One kind of log line: its name, where it comes from and the fields it carries. */
export interface LogEvent<Fields extends readonly LogFieldName[] = readonly LogFieldName[]> {
  readonly name: string
  readonly services: readonly Service[]
  readonly level: LogLevel
  readonly message: string
  readonly fields: Fields
}

/** The fields a caller gives with an event; all optional, all typed. */
export type LogEventFields<E extends LogEvent> = {
  readonly [Name in E['fields'][number]]?: LogFieldValue<Name> | undefined
}

function defineLogEvent<const Fields extends readonly LogFieldName[]>(
  event: LogEvent<Fields>,
): LogEvent<Fields> {
  return event
}

const nodeServices = ['api', 'worker', 'shipper'] as const

/** Every log event of the system. */
export const logEvents = {
  edgeRequest: defineLogEvent({
    name: 'edge.request',
    services: ['edge'],
    level: 'info',
    message: 'request served',
    fields: [
      'request_id',
      'domain',
      'env',
      'team',
      'business',
      'method',
      'path',
      'status',
      'protocol',
      'tls',
      'bytes_in',
      'bytes_out',
      'body_bytes_out',
      'duration',
      'content_type',
      'cache',
      'client',
      'agent',
      'upstreams',
      'origin_requests',
      'origin_bytes',
      'node',
    ],
  }),
  edgeError: defineLogEvent({
    name: 'edge.error',
    services: ['edge'],
    level: 'error',
    message: 'nginx error log',
    fields: ['node', 'domain', 'request_id', 'reason'],
  }),
  serviceStarted: defineLogEvent({
    name: 'service.started',
    services: nodeServices,
    level: 'info',
    message: 'started',
    fields: ['port'],
  }),
  serviceStopped: defineLogEvent({
    name: 'service.stopped',
    services: nodeServices,
    level: 'info',
    message: 'stopped',
    fields: ['reason'],
  }),
  storeLost: defineLogEvent({
    name: 'store.lost',
    services: ['api', 'worker'],
    level: 'error',
    message: 'Redis does not answer',
    fields: ['err'],
  }),
  storeRestored: defineLogEvent({
    name: 'store.restored',
    services: ['api', 'worker'],
    level: 'info',
    message: 'Redis answers again',
    fields: [],
  }),
  apiRequest: defineLogEvent({
    name: 'api.request',
    services: ['api'],
    level: 'info',
    message: 'request answered',
    fields: [
      'request_id',
      'caller',
      'method',
      'route',
      'path',
      'status',
      'branch',
      'reason',
      'duration',
      'domain',
      'resource',
      'action',
    ],
  }),
  apiRequestFailed: defineLogEvent({
    name: 'api.request_failed',
    services: ['api'],
    level: 'error',
    message: 'request failed',
    fields: [
      'request_id',
      'caller',
      'method',
      'route',
      'path',
      'status',
      'branch',
      'reason',
      'err',
    ],
  }),
  jobEnded: defineLogEvent({
    name: 'job.ended',
    services: ['worker'],
    level: 'info',
    message: 'job ended',
    fields: ['job_id', 'job_name', 'branch', 'reason', 'attempt', 'duration'],
  }),
  jobFailed: defineLogEvent({
    name: 'job.failed',
    services: ['worker'],
    level: 'error',
    message: 'job failed',
    fields: ['job_id', 'job_name', 'branch', 'reason', 'attempt', 'duration', 'err'],
  }),
  nodeHealthChanged: defineLogEvent({
    name: 'node.health_changed',
    services: ['worker'],
    level: 'warn',
    message: 'node health changed',
    fields: ['node', 'branch', 'reason', 'job_id'],
  }),
  workerError: defineLogEvent({
    name: 'worker.error',
    services: ['worker'],
    level: 'error',
    message: 'something outside of a job run failed',
    fields: ['reason', 'err'],
  }),
  shipperDelivered: defineLogEvent({
    name: 'shipper.delivered',
    services: ['shipper'],
    level: 'debug',
    message: 'lines delivered',
    fields: ['lines', 'duration'],
  }),
  shipperUnavailable: defineLogEvent({
    name: 'shipper.unavailable',
    services: ['shipper'],
    level: 'warn',
    message: 'log store does not take lines; they wait on disk',
    fields: ['reason', 'lines', 'attempt'],
  }),
  shipperRejected: defineLogEvent({
    name: 'shipper.rejected',
    services: ['shipper'],
    level: 'error',
    message: 'log store refused lines',
    fields: ['reason', 'lines', 'status'],
  }),
  shipperLabelFolded: defineLogEvent({
    name: 'shipper.label_folded',
    services: ['shipper'],
    level: 'warn',
    message: 'label value replaced by the guard',
    fields: ['label', 'value'],
  }),
  shipperInputFailed: defineLogEvent({
    name: 'shipper.input_failed',
    services: ['shipper'],
    level: 'error',
    message: 'cannot read an input; trying again',
    fields: ['err'],
  }),
  shipperSpoolFull: defineLogEvent({
    name: 'shipper.spool_full',
    services: ['shipper'],
    level: 'error',
    message: 'spool is full; inputs wait',
    fields: ['bytes'],
  }),
  shipperCorrupt: defineLogEvent({
    name: 'shipper.corrupt',
    services: ['shipper'],
    level: 'error',
    message: 'spool was damaged on disk',
    fields: ['lines', 'bytes'],
  }),
} as const
