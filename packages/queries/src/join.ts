import type { Label, Metric } from '@cirrus/catalog'
import { max } from './aggregate.ts'
import type { BinaryNode, QueryNode } from './node.ts'
import { gauge } from './series.ts'
import type { Quantity } from './unit.ts'
import { type Vector, createVector } from './vector.ts'

interface Join<On extends string, Take extends string> {
  /** Labels that both sides have. */
  readonly on: readonly On[]
  /** Labels to take from the info metric. */
  readonly take: readonly Take[]
}

/** Adds labels of an info metric to every result that it matches; results it does not know are lost. */
export function joinInfo<
  L extends string,
  U extends Quantity,
  Info extends Label,
  Take extends Info['name'],
>(
  vector: Vector<L, U, 'promql'>,
  info: Metric<string, 'info', readonly Info[]>,
  join: Join<L & Info['name'], Take>,
): Vector<L | Take, U, 'promql'> {
  return createVector({
    ...vector,
    node: joinNode(vector.node, info, join),
    labels: [...vector.labels, ...join.take],
  })
}

/** While two sources disagree, `topk by` picks one: a join fails on more than one match. */
export function joinNode(
  left: QueryNode,
  info: Metric<string, 'info'>,
  { on, take }: Join<string, string>,
): BinaryNode {
  const { node: argument } = max(gauge(info)).by(...on, ...take)
  const right = { kind: 'aggregate', operator: 'topk', by: on, parameter: 1, argument } as const
  return { kind: 'binary', operator: '*', left, right, on, take }
}
