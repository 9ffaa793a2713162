import { edgeMetrics } from '@cirrus/catalog'
import { joinNode } from './join.ts'
import type { Signal, Thresholds } from './signal.ts'
import type { Sli } from './sli.ts'
import type { Quantity } from './unit.ts'
import { type LabelOf, type Vector, createVector } from './vector.ts'

const ownerLabels = ['env', 'team', 'business'] as const

type OwnerLabel = (typeof ownerLabels)[number]

/** The signal per domain with environment, team and business of the domain as labels. */
export function withDomainOwner<
  Name extends string,
  V extends Vector<string, Vector['unit'], 'promql'>,
  T extends Thresholds,
>(
  signal: Signal<Name, V, T> & ('host' extends LabelOf<V> ? unknown : never),
): Signal<Name, Vector<LabelOf<V> | OwnerLabel, V['unit'], 'promql'>, T> {
  const { node, labels, unit } = signal.expr
  return {
    ...signal,
    expr: owned<LabelOf<V>, V['unit']>({ language: 'promql', node, labels, unit }),
  }
}

/** The promise per domain, with who made it. */
export function sliOwnedByDomain<L extends string>({
  events,
  errors,
}: Sli<L, 'promql'> & ('host' extends L ? unknown : never)): Sli<L | OwnerLabel, 'promql'> {
  return { events: owned(events), errors: owned(errors) }
}

function owned<L extends string, U extends Quantity>(
  vector: Vector<L, U, 'promql'>,
): Vector<L | OwnerLabel, U, 'promql'> {
  const node = joinNode(vector.node, edgeMetrics.domainInfo, { on: ['host'], take: ownerLabels })
  return createVector({ ...vector, node, labels: [...vector.labels, ...ownerLabels] })
}
