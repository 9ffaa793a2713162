import type { LogEvent, LogEventFields, LogLevel } from '@cirrus/catalog'
import type { Logger } from 'pino'

interface Overrides {
  /** Instead of the level of the event: what is routine in one case alarms in another. */
  readonly level?: LogLevel
}

/** Writes one line of a catalog event; an unknown or wrongly typed field does not compile. */
export function logEvent<E extends LogEvent>(
  logger: Pick<Logger, LogLevel>,
  event: E,
  ...[fields, { level = event.level } = {}]: [fields?: LogEventFields<E>, overrides?: Overrides]
): void {
  logger[level]({ event: event.name, ...fields }, event.message)
}
