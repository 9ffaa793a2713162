import { type LogLevel, logEvents } from '@cirrus/catalog'
import { type Logger, logEvent } from '@cirrus/logging'
import { StoreUnavailableError } from '@cirrus/store'
import { isNotConnectionError } from 'bullmq'

/** Tells of an error that no job run ends with; `reason` says where it came from. */
export type ReportError = (reason: string, error: unknown) => void

/** Logs errors, except that Redis is away: the watch of the store tells that, once. */
export function createErrorReporter(logger: Pick<Logger, LogLevel>): ReportError {
  return (reason, error) => {
    if (!isRedisAway(error)) logEvent(logger, logEvents.workerError, { reason, err: error })
  }
}

function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    error instanceof StoreUnavailableError || 'syscall' in error || !isNotConnectionError(error)
  )
}
