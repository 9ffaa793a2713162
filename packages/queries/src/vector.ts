import { freeze } from './freeze.ts'
import type { QueryNode } from './node.ts'
import type { Quantity } from './unit.ts'

export type Language = 'promql' | 'logql'

/**
 * A query that yields one number per label set.
 *
 * `L` are the labels its results may carry: legends, joins, alert texts and links can name no others.
 */
export interface Vector<
  L extends string = string,
  U extends Quantity = Quantity,
  Lang extends Language = Language,
> {
  readonly language: Lang
  readonly node: QueryNode
  readonly labels: readonly L[]
  readonly unit: U
}

/** The labels a vector carries. */
export type LabelOf<V extends Vector> = V['labels'][number]

/** `unknown` where two label sets are equal, else `never`: intersect a parameter with it. */
export type SameLabels<L extends string, M extends string> = [L] extends [M]
  ? [M] extends [L]
    ? unknown
    : never
  : never

/** A frozen copy of the query. */
export function createVector<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
): Vector<L, U, Lang> {
  return freeze(vector)
}
