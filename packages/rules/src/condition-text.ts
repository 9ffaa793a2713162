import { type Quantity, type Severity, type Signal, formatDuration, minutes } from '@cirrus/queries'
import { valueFormats } from './value-format.ts'

/** What must be true of signals for an alert of a severity, in words. */
export function describeConditions(signals: readonly Signal[], severity: Severity): string {
  return signals.map((signal) => describeCondition(signal, severity)).join(' and ')
}

function describeCondition(signal: Signal, severity: Severity): string {
  const { title, direction, expr, thresholds, minEvents } = signal
  const limit = describeLimit(expr.unit, thresholds[severity] ?? 0)
  const condition = direction === 'higher_is_worse' ? 'at least' : 'under'
  const guard = minEvents ? `, of ${minEvents.atLeast} or more events` : ''
  return `${title} is ${condition} ${limit}${guard}`
}

function describeLimit(unit: Quantity, limit: number): string {
  if (unit !== 'seconds') return valueFormats[unit].format(limit)
  return limit < minutes(1) ? `${limit}s` : formatDuration(limit)
}
