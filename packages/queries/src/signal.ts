import { minutes } from './duration.ts'
import { atOrAbove, below, whereAlso } from './filter.ts'
import type { LabelOf, Vector } from './vector.ts'

/** How urgent: `page` wakes somebody, `ticket` waits for office hours, `info` is only told. */
export const severities = ['page', 'ticket', 'info'] as const

export type Severity = (typeof severities)[number]

/** The value at which a signal is worth an alert, by severity. */
export type Thresholds = { readonly [S in Severity]?: number }

/** A named query: the one source of the panel, its threshold line, the alert and the runbook table. */
export interface Signal<
  Name extends string = string,
  V extends Vector = Vector,
  T extends Thresholds = Thresholds,
> {
  readonly name: Name
  readonly title: string
  readonly description: string
  readonly direction: 'higher_is_worse' | 'lower_is_worse' | 'neutral'
  readonly expr: V
  readonly thresholds: T
  /** How long a window is in rules; panels choose their own. */
  readonly windowSeconds: number
  /** Below this many events in a window the signal says too little to alert on. */
  readonly minEvents?: MinEvents<LabelOf<V>, V['language']>
}

interface MinEvents<L extends string, Lang extends Vector['language']> {
  readonly events: Vector<L, 'count', Lang>
  readonly atLeast: number
}

type SignalDefinition<Name extends string, V extends Vector, T extends Thresholds> = Omit<
  Signal<Name, V, T>,
  'windowSeconds'
> & { readonly windowSeconds?: number }

/** Checks a signal at compile time and fills in the usual window of five minutes. */
export function defineSignal<
  const Name extends string,
  V extends Vector,
  const T extends Thresholds,
>(definition: SignalDefinition<Name, V, T>): Signal<Name, V, T> {
  return { windowSeconds: minutes(5), ...definition }
}

/** The results of a signal that have reached a threshold, with enough events to mean it. */
export function reached(signal: Signal, severity: Severity): Vector {
  const threshold = signal.thresholds[severity]
  if (threshold === undefined || signal.direction === 'neutral') {
    throw new RangeError(`Signal ${signal.name} has no threshold for severity ${severity}`)
  }
  const compare = signal.direction === 'higher_is_worse' ? atOrAbove : below
  const results = compare(signal.expr, threshold)
  if (signal.minEvents === undefined) return results
  return whereAlso(results, atOrAbove(signal.minEvents.events, signal.minEvents.atLeast))
}
