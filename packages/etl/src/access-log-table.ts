import { type LogFieldName, type LogFieldType, logFields } from '@cirrus/catalog'
import type { Column, ColumnType, Table } from '@cirrus/warehouse'

/** The fields of an access log line that analysts get, in the order of the columns. */
export const accessLogFields = [
  'time',
  'request_id',
  'domain',
  'env',
  'team',
  'business',
  'node',
  'method',
  'path',
  'status',
  'bytes_out',
  'bytes_in',
  'cache',
  'client',
  'agent',
  'content_type',
  'origin_requests',
  'origin_bytes',
  'duration',
] as const satisfies readonly LogFieldName[]

export type AccessLogField = (typeof accessLogFields)[number]

const columnTypes = {
  string: 'text',
  integer: 'bigint',
  number: 'double',
  timestamp: 'timestamp',
} as const satisfies Partial<Record<LogFieldType, ColumnType>>

/** One row for each request that an edge answered. */
export const accessLogTable: Table = {
  name: 'access_log',
  windowColumn: 'stamp_ns',
  columns: [
    {
      name: 'stamp_ns',
      type: 'bigint',
      description: 'Stamp of the line in Loki, by which windows are cut. Unique in its stream.',
    },
    { name: 'tenant', type: 'text', description: 'Loki tenant the line was read from.' },
    ...accessLogFields.map(toColumn),
  ],
}

function toColumn(name: AccessLogField): Column {
  const { type, description } = logFields[name]
  return { name, type: columnTypes[type], description }
}
