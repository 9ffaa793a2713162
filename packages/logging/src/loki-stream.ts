import { logFields } from '@cirrus/catalog'
import { type DestinationStream, pino } from 'pino'
import type { LokiOptions } from 'pino-loki'

/** A Loki to push to without a shipper. */
export interface LokiTarget {
  readonly url: string
  /** Sent as `X-Scope-OrgID`, where Loki has tenants. */
  readonly tenant?: string
}

const PUSH_INTERVAL_SECONDS = 1
const PUSH_TIMEOUT_MS = 10_000
const MAX_BUFFERED_LINES = 10_000

/**
 * A stream that hands lines to pino-loki in a worker thread.
 *
 * pino-loki reads a numeric `time` and `level`, ours are text; so each line travels in an envelope
 * with the stamp in nanoseconds, and `logFormat` makes the original line what Loki stores. `domain`
 * is structured metadata here: nothing guards its values on this path.
 */
export function createLokiStream(
  { url, tenant }: LokiTarget,
  labels: Readonly<Record<string, string>>,
): DestinationStream {
  const options: LokiOptions = {
    host: url,
    labels: { ...labels },
    logFormat: '{line}',
    structuredMetaKey: 'metadata',
    batching: { interval: PUSH_INTERVAL_SECONDS, maxBufferSize: MAX_BUFFERED_LINES },
    timeout: PUSH_TIMEOUT_MS,
    ...(tenant === undefined ? {} : { headers: { 'X-Scope-OrgID': tenant } }),
  }
  const thread = pino.transport<LokiOptions>({ target: 'pino-loki', options })
  const stamp = createStamper()
  return { write: (text) => void thread.write(`${JSON.stringify(envelope(text, stamp))}\n`) }
}

interface Envelope {
  readonly time: string
  readonly level: number
  readonly line: string
  readonly metadata: Readonly<Record<string, unknown>>
}

function envelope(text: string, stamp: (timeMs: number) => string): Envelope {
  const log: Readonly<Record<string, unknown>> = JSON.parse(text)
  return {
    time: stamp(Date.parse(String(log['time']))),
    level: pino.levels.values[String(log['level'])] ?? pino.levels.values['info'] ?? 0,
    line: text.trimEnd(),
    metadata: Object.fromEntries(
      Object.entries(logFields)
        .filter(([, { placement }]) => placement === 'metadata')
        .map(([name]) => name)
        .concat('domain')
        .filter((name) => log[name] !== undefined)
        .map((name) => [name, log[name]]),
    ),
  }
}

/** Nanoseconds since the epoch as text, ascending even within one millisecond. */
function createStamper(): (timeMs: number) => string {
  let lastMs = 0
  let count = 0
  return (timeMs) => {
    count = timeMs > lastMs ? 0 : count + 1
    lastMs = Math.max(lastMs, timeMs)
    return `${lastMs}${String(count).padStart(6, '0')}`
  }
}
