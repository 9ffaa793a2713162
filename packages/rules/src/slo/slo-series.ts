import type { Label } from '@cirrus/catalog'
import {
  type Quantity,
  type Recording,
  type Vector,
  above,
  averageOver,
  complement,
  dividedBy,
  formatDuration,
  recorded,
  share,
  sloRecordings,
  sumOver,
  times,
} from '@cirrus/queries'

/** The recorded series of one objective, as queries; each has only the labels its results have. */
export interface SloSeries {
  readonly events: Vector<string, Quantity, 'promql'>
  readonly burnRate: (windowSeconds: number) => Vector<string, Quantity, 'promql'>
  /** Events during a window, as far as they are known. */
  readonly eventCount: (windowSeconds: number) => Vector
  /** What is recorded as burn rate: every event of the window weighs the same. */
  readonly burnRateOf: (windowSeconds: number, budget: number) => Vector
  readonly budgetRemainingOf: (periodSeconds: number, budget: number) => Vector
}

interface SloSeriesOptions {
  readonly name: string
  /** Labels of the indicator. */
  readonly labels: readonly string[]
  /** The shortest window: what the recorded rates look back. */
  readonly baseSeconds: number
}

export function sloSeries({ name, labels, baseSeconds }: SloSeriesOptions): SloSeries {
  const events = narrow(sloRecordings.events, ['slo', ...labels])
  const errors = narrow(sloRecordings.errors, ['slo', ...labels])
  const burnRate = narrow(sloRecordings.burnRate, ['slo', 'window', ...labels])
  const ofThis = { slo: name }
  const errorRatio = (seconds: number) =>
    seconds === baseSeconds
      ? share(recorded(errors, ofThis), above(recorded(events, ofThis), 0))
      : share(sumOver(errors, ofThis, seconds), above(sumOver(events, ofThis, seconds), 0))
  return {
    events: recorded(events, ofThis),
    burnRate: (seconds) => recorded(burnRate, { ...ofThis, window: formatDuration(seconds) }),
    eventCount: (seconds) => times(averageOver(events, ofThis, seconds), seconds),
    burnRateOf: (seconds, budget) => dividedBy(errorRatio(seconds), budget),
    budgetRemainingOf: (seconds, budget) => complement(dividedBy(errorRatio(seconds), budget)),
  }
}

function narrow<U extends Quantity>(
  { name, labels, unit }: Recording<Label, U>,
  kept: readonly string[],
): Recording<Label, U> {
  const missing = kept.filter((label) => labels.every((known) => known.name !== label))
  if (missing.length > 0)
    throw new RangeError(`${name} cannot be recorded by ${missing.join(', ')}`)
  return { name, labels: labels.filter((label) => kept.includes(label.name)), unit }
}
