import type { Business, Environment, LogLevel, Service, Team } from '@cirrus/catalog'
import { type DestinationStream, type Logger, pino } from 'pino'
import { type LokiTarget, createLokiStream } from './loki-stream.ts'
import { REDACTED, scrub, secretPaths } from './redact.ts'
import { serializeError } from './serialize-error.ts'

export interface LoggerOptions {
  readonly service: Service
  readonly env: Environment
  readonly team?: Team
  readonly business?: Business
  readonly level: LogLevel
  /** Where lines go; standard output by default. */
  readonly destination?: DestinationStream
  /** Sends lines straight to Loki as well. The README says what that can lose. */
  readonly loki?: LokiTarget
}

/** The one way a process of ours gets a logger: JSON lines with the fields of the catalog. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, loki } = options
  const labels = labelsOf(options)
  const destination = options.destination ?? pino.destination(1)
  const stream =
    loki === undefined
      ? destination
      : pino.multistream([destination, createLokiStream(loki, labels)].map(atEveryLevel))
  return pino(
    {
      level,
      base: labels,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      serializers: { err: (thrown: unknown) => serializeError(thrown) },
      hooks: { streamWrite: scrub },
      redact: { paths: [...secretPaths], censor: REDACTED },
    },
    stream,
  )
}

function labelsOf({ service, env, team, business }: LoggerOptions): Record<string, string> {
  return {
    service,
    env,
    ...(team === undefined ? {} : { team }),
    ...(business === undefined ? {} : { business }),
  }
}

/** Levels are the logger's business; streams take every line. */
function atEveryLevel(stream: DestinationStream): { level: 'trace'; stream: DestinationStream } {
  return { level: 'trace', stream }
}
