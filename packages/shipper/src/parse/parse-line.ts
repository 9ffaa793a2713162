import {
  type Environment,
  type LogFieldName,
  type LogLabelName,
  logFields,
  logLabelNames,
  logSources,
} from '@cirrus/catalog'
import { MAX_LINE_BYTES, type RawLine } from '../inputs/input.ts'
import { msToNs, parseTimeNs } from './log-time.ts'
import { type TextLine, parseText } from './text-formats.ts'

export interface ParseContext {
  readonly nowMs: number
  /** Environment of lines that cannot tell theirs. */
  readonly env: Environment
  /** Whether lines of our own processes have named this domain. */
  readonly isKnownDomain: (name: string) => boolean
}

/** Labels as the line claims them; nothing is checked yet but the service. */
export type ClaimedLabels = Readonly<Partial<Record<LogLabelName, string>>>

export interface ParsedLine {
  /** A JSON object, as it is stored. */
  readonly line: string
  readonly timeNs: bigint
  readonly labels: ClaimedLabels
  readonly metadata: Readonly<Record<string, string>>
}

export type Unparsable = 'empty' | 'too_large'

type Fields = Readonly<Record<string, unknown>>

const MAX_METADATA_LENGTH = 1024
const metadataNames = Object.entries(logFields)
  .filter(([, { placement }]) => placement === 'metadata')
  .map(([name]) => name)

/** Makes a line of any program one JSON object with its time, labels and metadata. */
export function parseLine(raw: RawLine, context: ParseContext): ParsedLine | Unparsable {
  if (raw.text === undefined) return 'too_large'
  const text = raw.text.trim()
  if (text === '') return 'empty'
  const own = parseJsonObject(text)
  const fields = own ?? wrap(parseText(text), raw, context)
  const line = own === undefined ? JSON.stringify(fields) : text
  if (Buffer.byteLength(line) > MAX_LINE_BYTES) return 'too_large'
  const time = textOf(fields['time']) ?? raw.time ?? ''
  return {
    line,
    timeNs: parseTimeNs(time) ?? msToNs(context.nowMs),
    labels: claimedLabels(fields, raw),
    metadata: metadataOf(fields),
  }
}

function parseJsonObject(text: string): Fields | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** The object that is stored for a line of text; the names are those of the catalog. */
function wrap(
  { msg, time, level, event, host }: TextLine,
  raw: RawLine,
  { nowMs, env, isKnownDomain }: ParseContext,
): Fields {
  const domain = host !== undefined && isKnownDomain(host) ? host : undefined
  return {
    time: time ?? raw.time ?? new Date(nowMs).toISOString(),
    level: level ?? 'info',
    service: raw.service,
    env,
    ...(domain === undefined ? {} : { domain }),
    ...(event === undefined ? {} : { event: event.name }),
    msg,
  } satisfies Partial<Record<LogFieldName, unknown>>
}

function claimedLabels(fields: Fields, raw: RawLine): ClaimedLabels {
  const claims = logLabelNames.map((name) => [name, textOf(fields[name])] as const)
  const service = logSources.find((source) => source === fields['service']) ?? raw.service
  return {
    ...Object.fromEntries(claims.filter(([, value]) => value !== undefined && value !== '')),
    service,
  }
}

function metadataOf(fields: Fields): Readonly<Record<string, string>> {
  const metadata: Record<string, string> = {}
  for (const name of metadataNames) {
    const value = textOf(fields[name])
    if (value !== undefined && value !== '') metadata[name] = value.slice(0, MAX_METADATA_LENGTH)
  }
  return metadata
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
