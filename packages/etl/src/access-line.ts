import { UNKNOWN_VALUE, logFields } from '@cirrus/catalog'
import { type AccessLogField, accessLogFields } from './access-log-table.ts'
import { isRecord } from './is-record.ts'

export type AccessRow = Readonly<Record<AccessLogField, string | number | null>>

/** Without these a line cannot be counted; all others may be absent. */
const required: readonly AccessLogField[] = ['time', 'request_id', 'status', 'bytes_out']

/** Reads one access log line; undefined where it is none, or a field is of a wrong type. */
export function parseAccessLine(line: string): AccessRow | undefined {
  const document = parseJson(line)
  if (!isRecord(document)) return undefined
  const row: Partial<Record<AccessLogField, string | number | null>> = {}
  for (const name of accessLogFields) {
    const value = readField(name, document[name])
    if (value === undefined || (value === null && required.includes(name))) return undefined
    row[name] = value
  }
  return { ...(row as AccessRow), domain: row.domain ?? UNKNOWN_VALUE }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The value as a column takes it; null where it is absent, undefined where it is wrong. */
function readField(name: AccessLogField, value: unknown): string | number | null | undefined {
  // A variable that nginx did not set is an empty string.
  if (value === undefined || value === null || value === '') return null
  const { type } = logFields[name]
  if (typeof value === 'string') return readText(type, value)
  return typeof value === 'number' && isNumberOf(type, value) ? value : undefined
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

function readText(type: string, value: string): string | undefined {
  if (type === 'timestamp') {
    return rfc3339.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
  }
  // Half a surrogate pair is legal JSON, but no Unicode that a database would take.
  return type === 'string' ? Buffer.from(value).toString() : undefined
}

function isNumberOf(type: string, value: number): boolean {
  if (type === 'integer') return Number.isSafeInteger(value) && value >= 0
  return type === 'number' && Number.isFinite(value) && value >= 0
}
