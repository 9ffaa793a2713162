import type { Label, Metric } from '@cirrus/catalog'
import { sum } from './aggregate.ts'
import { zeroFilled } from './arithmetic.ts'
import { bucketsOf, observations } from './histogram.ts'
import { matching } from './matcher.ts'
import { type SeriesLabel, rate, rateNode } from './series.ts'
import { type Language, type SameLabels, type Vector, createVector } from './vector.ts'

/** What a service promises, as two rates: everything that was asked of it, and what went wrong. */
export interface Sli<L extends string = string, Lang extends Language = Language> {
  readonly events: Vector<L, 'count/s', Lang>
  /** Part of the events; 0 where nothing ever went wrong. */
  readonly errors: Vector<L, 'count/s', Lang>
}

/** Of all events, some went wrong. Rates of log lines will do, too. */
export function errorSli<L extends string, M extends string, Lang extends Language>(
  events: Vector<L, 'count/s', Lang>,
  errors: Vector<M, 'count/s', Lang> & SameLabels<L, M>,
): Sli<L, Lang> {
  const node = zeroFilled(errors.node, events.node)
  return { events, errors: createVector({ ...events, node }) }
}

/** Of all events, some were good. */
export function goodSli<L extends string, M extends string, Lang extends Language>(
  events: Vector<L, 'count/s', Lang>,
  good: Vector<M, 'count/s', Lang> & SameLabels<L, M>,
): Sli<L, Lang> {
  const right = zeroFilled(good.node, events.node)
  const node = { kind: 'binary', operator: '-', left: events.node, right } as const
  return { events, errors: createVector({ ...events, node }) }
}

/**
 * Of all observations, those of at most `seconds` were good.
 *
 * @throws {RangeError} when no bucket ends there: the share would be a guess
 */
export function latencySli<L extends Label>(
  histogram: Metric<string, 'histogram', readonly L[], 'seconds'>,
  seconds: number,
): { by: <K extends SeriesLabel<L>>(...labels: readonly K[]) => Sli<K, 'promql'> } {
  const { name, buckets = [] } = histogram
  if (!buckets.includes(seconds)) {
    throw new RangeError(
      `${name} has no bucket at ${seconds} s: choose one of ${buckets.join(', ')}, or add it`,
    )
  }
  return {
    by: (...labels) => {
      const events = sum(rate(observations(histogram))).by(...labels)
      const argument = rateNode(bucketsOf(histogram), { le: bucketBound(seconds) })
      const fast = { kind: 'aggregate', operator: 'sum', by: labels, argument } as const
      return goodSli(events, createVector({ ...events, node: fast }))
    },
  }
}

/** Prometheus 3 writes the bound 1 as "1.0", older ones as they find it. */
function bucketBound(seconds: number) {
  return Number.isInteger(seconds) ? matching(`${seconds}([.]0)?`) : String(seconds)
}
