import type { Label } from '@cirrus/catalog'
import { type Where, toMatchers } from './matcher.ts'
import type { SeriesNode } from './node.ts'
import type { Quantity } from './unit.ts'
import { type Vector, createVector } from './vector.ts'

/** A series that a recording rule writes; it has no target, so neither `job` nor `instance`. */
export interface Recording<L extends Label = Label, U extends Quantity = Quantity> {
  readonly name: string
  readonly labels: readonly L[]
  readonly unit: U
}

/** The current value of a recorded series. */
export function recorded<L extends Label, U extends Quantity>(
  recording: Recording<L, U>,
  where: Where<L> = {},
): Vector<L['name'], U, 'promql'> {
  return createVector({
    language: 'promql',
    node: seriesNode(recording, where),
    labels: labelNames(recording),
    unit: recording.unit,
  })
}

/** Samples of a recorded series added up: shares of two such sums weigh every event the same. */
export function sumOver<L extends Label, U extends Quantity>(
  recording: Recording<L, U>,
  where: Where<L>,
  seconds: number,
): Vector<L['name'], U, 'promql'> {
  return overWindow('sum_over_time', recording, { where, seconds })
}

/** Mean of a recorded series. */
export function averageOver<L extends Label, U extends Quantity>(
  recording: Recording<L, U>,
  where: Where<L>,
  seconds: number,
): Vector<L['name'], U, 'promql'> {
  return overWindow('avg_over_time', recording, { where, seconds })
}

function overWindow<L extends Label, U extends Quantity>(
  name: string,
  recording: Recording<L, U>,
  { where, seconds }: { readonly where: Where<L>; readonly seconds: number },
): Vector<L['name'], U, 'promql'> {
  const argument = { kind: 'window', of: seriesNode(recording, where), seconds } as const
  return createVector({
    language: 'promql',
    node: { kind: 'call', function: name, arguments: [argument] },
    labels: labelNames(recording),
    unit: recording.unit,
  })
}

function seriesNode(recording: Recording, where: object): SeriesNode {
  return {
    kind: 'series',
    metric: recording.name,
    matchers: toMatchers(where),
    labels: labelNames(recording),
  }
}

function labelNames<L extends Label>({ labels }: Recording<L>): readonly L['name'][] {
  return labels.map(({ name }) => name)
}
