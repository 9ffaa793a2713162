import { numberNode } from './node.ts'
import type { Quantity } from './unit.ts'
import { type Language, type Vector, createVector } from './vector.ts'

/** Keeps results of at least `limit`. */
export function atOrAbove<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  limit: number,
): Vector<L, U, Lang> {
  return compare(vector, '>=', limit)
}

/** Keeps results beyond `limit`. */
export function above<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  limit: number,
): Vector<L, U, Lang> {
  return compare(vector, '>', limit)
}

/** Keeps results under `limit`. */
export function below<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  limit: number,
): Vector<L, U, Lang> {
  return compare(vector, '<', limit)
}

/** Keeps results for which `other` has one too, matched on all labels of `other`. */
export function whereAlso<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  other: Vector<NoInfer<L>, Quantity, Lang>,
): Vector<L, U, Lang> {
  const { node: left } = vector
  const { node: right, labels: on } = other
  return createVector({
    ...vector,
    node: { kind: 'binary', operator: 'and', left, right, on },
  })
}

/** Keeps results for which `other` has none, matched on all labels of `other`. */
export function unless<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  other: Vector<NoInfer<L>, Quantity, Lang>,
): Vector<L, U, Lang> {
  const { node: left } = vector
  const { node: right, labels: on } = other
  return createVector({
    ...vector,
    node: { kind: 'binary', operator: 'unless', left, right, on },
  })
}

function compare<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  operator: '<' | '>' | '>=',
  limit: number,
): Vector<L, U, Lang> {
  const { node: left } = vector
  return createVector({
    ...vector,
    node: { kind: 'binary', operator, left, right: numberNode(limit) },
  })
}
