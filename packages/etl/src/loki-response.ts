import { isRecord } from './is-record.ts'

/** One line as it is in Loki. */
export interface LogEntry {
  /** Nanoseconds since 1970, as text: too large for a number. */
  readonly stampNs: string
  readonly line: string
}

/** The number that an aggregation without labels yields; it yields nothing where there is nothing. */
export function parseNumber(body: unknown): number {
  const results = resultsOf(body, 'vector')
  if (results.length === 0) return 0
  const [first] = results
  const value = isRecord(first) && Array.isArray(first['value']) ? Number(first['value'][1]) : NaN
  if (results.length > 1 || !Number.isSafeInteger(value)) throw unexpected('one whole number')
  return value
}

/** The lines of all streams. */
export function parseEntries(body: unknown): readonly LogEntry[] {
  return resultsOf(body, 'streams').flatMap((stream) => {
    if (!isRecord(stream) || !Array.isArray(stream['values'])) throw unexpected('streams of values')
    return stream['values'].map(parseEntry)
  })
}

function parseEntry(entry: unknown): LogEntry {
  const [stampNs, line]: readonly unknown[] = Array.isArray(entry) ? entry : []
  if (typeof stampNs !== 'string' || typeof line !== 'string' || !/^\d+$/.test(stampNs)) {
    throw unexpected('entries of stamp and line')
  }
  return { stampNs, line }
}

function resultsOf(body: unknown, type: 'vector' | 'streams'): readonly unknown[] {
  const data = isRecord(body) && body['status'] === 'success' ? body['data'] : undefined
  if (!isRecord(data) || data['resultType'] !== type || !Array.isArray(data['result'])) {
    throw unexpected(`a successful result of type ${type}`)
  }
  return data['result']
}

function unexpected(wanted: string): TypeError {
  return new TypeError(`The answer must hold ${wanted}`)
}
