import type { AggregateNode } from './node.ts'
import { type Quantity, averaged, summed } from './unit.ts'
import { type Language, type Vector, createVector } from './vector.ts'

/** An aggregation over everything, until `by` keeps some labels. */
export interface Aggregation<
  L extends string,
  U extends Quantity,
  Lang extends Language,
> extends Vector<never, U, Lang> {
  readonly by: <K extends L>(...labels: readonly K[]) => Vector<K, U, Lang>
}

export function sum<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
): Aggregation<L, (typeof summed)[U], Lang> {
  return aggregation('sum', vector, summed[vector.unit])
}

export function min<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
): Aggregation<L, U, Lang> {
  return aggregation('min', vector, vector.unit)
}

export function max<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
): Aggregation<L, U, Lang> {
  return aggregation('max', vector, vector.unit)
}

export function average<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
): Aggregation<L, (typeof averaged)[U], Lang> {
  return aggregation('avg', vector, averaged[vector.unit])
}

/** How many results there are. */
export function count<L extends string, Lang extends Language>(
  vector: Vector<L, Quantity, Lang>,
): Aggregation<L, 'count', Lang> {
  return aggregation('count', vector, 'count')
}

function aggregation<L extends string, U extends Quantity, Lang extends Language>(
  operator: AggregateNode['operator'],
  { language, node: argument }: Vector<L, Quantity, Lang>,
  unit: U,
): Aggregation<L, U, Lang> {
  function by<K extends L>(...labels: readonly K[]): Vector<K, U, Lang> {
    const node = { kind: 'aggregate', operator, by: labels, argument } as const
    return createVector({ language, node, labels, unit })
  }
  return { ...by<never>(), by }
}
