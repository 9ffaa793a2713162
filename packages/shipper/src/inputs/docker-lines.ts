import { type LogSource, logSources } from '@cirrus/catalog'
import { MAX_LINE_BYTES, type RawLine } from './input.ts'

/** Beginnings of lines whose rest is still to come, by output stream. */
export type PendingParts = Readonly<Record<string, string>>

export interface JoinedLines {
  readonly lines: readonly RawLine[]
  readonly pending: PendingParts
}

interface DockerLine {
  readonly log: string
  readonly stream: string
  readonly time: string | undefined
  readonly service: LogSource | undefined
}

/** The container label that names the service; it needs the driver option `labels=cirrus.service`. */
const SERVICE_ATTRIBUTE = 'cirrus.service'

/**
 * Undoes Docker's json-file format: Docker wraps each line and cuts long ones every 16 KiB.
 *
 * Lines of containers without a known service are none of ours, and are passed over.
 */
export function joinDockerLines(
  wrapped: readonly (string | undefined)[],
  before: PendingParts,
): JoinedLines {
  const lines: RawLine[] = []
  const pending: Record<string, string> = { ...before }
  for (const text of wrapped) {
    const { log, stream, time, service } = parseDockerLine(text)
    if (service === undefined) continue
    const joined = (pending[stream] ?? '') + log
    if (joined.endsWith('\n')) {
      delete pending[stream]
      lines.push({ text: joined.slice(0, -1), service, ...(time === undefined ? {} : { time }) })
    } else {
      // What exceeds the limit is not kept; one character too many is enough to be refused later.
      pending[stream] = joined.slice(0, MAX_LINE_BYTES + 1)
    }
  }
  return { lines, pending }
}

function parseDockerLine(text: string | undefined): DockerLine {
  const { log, stream, time, attrs } = parseObject(text ?? '')
  const service = isRecord(attrs) ? attrs[SERVICE_ATTRIBUTE] : undefined
  return {
    log: typeof log === 'string' ? log : '',
    stream: stream === 'stderr' ? 'stderr' : 'stdout',
    time: typeof time === 'string' ? time : undefined,
    service: logSources.find((source) => source === service),
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
