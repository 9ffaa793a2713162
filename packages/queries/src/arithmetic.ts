import { type BinaryNode, type QueryNode, numberNode } from './node.ts'
import type { Quantity } from './unit.ts'
import { type Language, type SameLabels, type Vector, createVector } from './vector.ts'

/**
 * Part of a whole, 0 to 1 where the part is contained in the whole.
 *
 * No result without traffic (nothing instead of NaN), and 0 where the part has no series yet: a
 * counter that was never incremented does not exist.
 */
export function ratio<
  L extends string,
  M extends string,
  U extends Quantity,
  Lang extends Language,
>(
  part: Vector<L, U, Lang>,
  whole: Vector<M, NoInfer<U>, Lang> & SameLabels<L, M>,
): Vector<L, 'ratio', Lang> {
  const partOrZero = binary(part.node, 'or', binary(whole.node, '*', numberNode(0)))
  const traffic = binary(whole.node, '>', numberNode(0))
  return createVector({ ...part, node: binary(partOrZero, '/', traffic), unit: 'ratio' })
}

/** One quantity as a share of another of the same unit; for what cannot be zero or absent. */
export function share<
  L extends string,
  M extends string,
  U extends Quantity,
  Lang extends Language,
>(
  part: Vector<L, U, Lang>,
  whole: Vector<M, NoInfer<U>, Lang> & SameLabels<L, M>,
): Vector<L, 'ratio', Lang> {
  return createVector({ ...part, node: binary(part.node, '/', whole.node), unit: 'ratio' })
}

/** Time from one moment to a later one. */
export function between<L extends string, M extends string>(
  start: Vector<L, 'timestamp', 'promql'>,
  end: Vector<M, 'timestamp', 'promql'> & SameLabels<L, M>,
): Vector<L, 'seconds', 'promql'> {
  return createVector({ ...start, node: binary(end.node, '-', start.node), unit: 'seconds' })
}

/** Time left until a moment; negative once it has passed. */
export function until<L extends string>(
  moment: Vector<L, 'timestamp', 'promql'>,
): Vector<L, 'seconds', 'promql'> {
  const now = { kind: 'call', function: 'time', arguments: [] } as const
  return createVector({ ...moment, node: binary(moment.node, '-', now), unit: 'seconds' })
}

function binary(left: QueryNode, operator: BinaryNode['operator'], right: QueryNode): BinaryNode {
  return { kind: 'binary', operator, left, right }
}
