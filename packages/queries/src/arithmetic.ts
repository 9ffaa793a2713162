import { above } from './filter.ts'
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
  const node = binary(zeroFilled(part.node, whole.node), '/', above(whole, 0).node)
  return createVector({ ...part, node, unit: 'ratio' })
}

/** A part of a whole, with 0 instead of nothing where the part was never counted. */
export function zeroFilled(part: QueryNode, whole: QueryNode): BinaryNode {
  return binary(part, 'or', binary(whole, '*', numberNode(0)))
}

/** A number as a query. */
export function constant(value: number): Vector<never, 'ratio', 'promql'> {
  const node = { kind: 'call', function: 'vector', arguments: [numberNode(value)] } as const
  return createVector({ language: 'promql', node, labels: [], unit: 'ratio' })
}

/** What a share leaves of the whole: 1 minus it. */
export function complement<L extends string, Lang extends Language>(
  part: Vector<L, 'ratio', Lang>,
): Vector<L, 'ratio', Lang> {
  return createVector({ ...part, node: binary(numberNode(1), '-', part.node) })
}

const SECONDS_PER_HOUR = 3600
const BYTES_PER_GIGABYTE = 1e9

/** What traffic costs an hour at a price for a gigabyte, which a dashboard variable holds. */
export function costOf<L extends string>(
  traffic: Vector<L, 'bytes/s', 'promql'>,
  priceVariable: string,
): Vector<L, 'cost/h', 'promql'> {
  const perHour = times(traffic, SECONDS_PER_HOUR / BYTES_PER_GIGABYTE)
  const price = { kind: 'choice', variable: priceVariable } as const
  return createVector({ ...traffic, node: binary(perHour.node, '*', price), unit: 'cost/h' })
}

/** A quantity so many times. */
export function times<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  factor: number,
): Vector<L, U, Lang> {
  return createVector({ ...vector, node: binary(vector.node, '*', numberNode(factor)) })
}

/** A quantity in steps of a constant: a ratio in budgets, say. */
export function dividedBy<L extends string, U extends Quantity, Lang extends Language>(
  vector: Vector<L, U, Lang>,
  divisor: number,
): Vector<L, U, Lang> {
  return createVector({ ...vector, node: binary(vector.node, '/', numberNode(divisor)) })
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
