import { edgeMetrics } from '@cirrus/catalog'
import { joinNode } from './join.ts'
import type { Signal, Thresholds } from './signal.ts'
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
  const { expr } = signal
  const node = joinNode(expr.node, edgeMetrics.domainInfo, { on: ['host'], take: ownerLabels })
  const labels: readonly (LabelOf<V> | OwnerLabel)[] = [...expr.labels, ...ownerLabels]
  const unit: V['unit'] = expr.unit
  return { ...signal, expr: createVector({ language: 'promql', node, labels, unit }) }
}
