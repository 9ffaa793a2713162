import { type Label, type Metric, type Service, type Unit, targetLabels } from '@cirrus/catalog'
import { type Where, toMatchers } from './matcher.ts'
import type { CallNode, SeriesNode } from './node.ts'
import { perSecond } from './unit.ts'
import { type Vector, createVector } from './vector.ts'

/** Labels that Prometheus adds to every series. */
type TargetLabel = Label<'job', Service> | Label<'instance'>

/** Names of the labels that a series of a metric has. */
export type SeriesLabel<L extends Label> = L['name'] | TargetLabel['name']

/** Conditions on the labels of a metric and of its target. */
export type SeriesWhere<L extends Label> = Where<L | TargetLabel>

/** The current value of a gauge, or the 1 of an info metric. */
export function gauge<L extends Label, U extends Unit>(
  metric: Metric<string, 'gauge' | 'info', readonly L[], U>,
  where: SeriesWhere<L> = {},
): Vector<SeriesLabel<L>, U, 'promql'> {
  return createVector({
    language: 'promql',
    node: seriesNode(metric, where),
    labels: seriesLabels(metric),
    unit: metric.unit,
  })
}

/** How fast a counter grows, per second. */
export function rate<L extends Label, U extends Unit>(
  metric: Metric<string, 'counter', readonly L[], U>,
  where: SeriesWhere<L> = {},
): Vector<SeriesLabel<L>, (typeof perSecond)[U], 'promql'> {
  return createVector({
    language: 'promql',
    node: rateNode(metric, where),
    labels: seriesLabels(metric),
    unit: perSecond[metric.unit],
  })
}

/** How much a counter grew during the window. */
export function increase<L extends Label, U extends Unit>(
  metric: Metric<string, 'counter', readonly L[], U>,
  where: SeriesWhere<L> = {},
): Vector<SeriesLabel<L>, U, 'promql'> {
  return createVector({
    language: 'promql',
    node: overWindow('increase', seriesNode(metric, where)),
    labels: seriesLabels(metric),
    unit: metric.unit,
  })
}

export function seriesNode(metric: Metric, where: object): SeriesNode {
  return {
    kind: 'series',
    metric: metric.name,
    matchers: toMatchers(where),
    labels: seriesLabels(metric),
  }
}

export function rateNode(metric: Metric, where: object): CallNode {
  return overWindow('rate', seriesNode(metric, where))
}

function seriesLabels<L extends Label>(
  metric: Metric<string, Metric['kind'], readonly L[]>,
): readonly SeriesLabel<L>[] {
  return [...metric.labels, ...targetLabels].map(({ name }) => name)
}

function overWindow(name: 'rate' | 'increase', series: SeriesNode): CallNode {
  return { kind: 'call', function: name, arguments: [{ kind: 'window', of: series }] }
}
