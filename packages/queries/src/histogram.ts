import { type Label, type Metric, type Unit, defineMetric } from '@cirrus/catalog'
import { numberNode } from './node.ts'
import { type SeriesLabel, type SeriesWhere, rate } from './series.ts'
import { type Vector, createVector } from './vector.ts'

type Histogram<L extends Label, U extends Unit> = Metric<string, 'histogram', readonly L[], U>

type Le = Label<'le'>

const le: Le = { name: 'le', description: 'Upper bound of a bucket.', bound: 50 }

/** The counter of observations inside a histogram. */
export function observations<L extends Label>(
  metric: Histogram<L, Unit>,
): Metric<string, 'counter', readonly L[], 'count'> {
  const { help, labels, services } = metric
  return defineMetric({
    name: `${metric.name}_count`,
    kind: 'counter',
    unit: 'count',
    help,
    labels,
    services,
  })
}

/** The cumulative bucket counters inside a histogram. */
export function bucketsOf<L extends Label>(
  metric: Histogram<L, Unit>,
): Metric<string, 'counter', readonly (L | Le)[], 'count'> {
  return defineMetric({
    ...observations(metric),
    name: `${metric.name}_bucket`,
    labels: [...metric.labels, le],
  })
}

/** A quantile of a histogram, over everything until `by` keeps some labels. */
export function quantile<L extends Label, U extends Unit>(
  q: number,
  metric: Histogram<L, U>,
  where: SeriesWhere<L | Le> = {},
): { by: <K extends SeriesLabel<L>>(...labels: readonly K[]) => Vector<K, U, 'promql'> } {
  return {
    by: (...labels) => {
      const by = [...labels, le.name]
      const { node: argument } = rate(bucketsOf(metric), where)
      const buckets = { kind: 'aggregate', operator: 'sum', by, argument } as const
      return createVector({
        language: 'promql',
        node: { kind: 'call', function: 'histogram_quantile', arguments: [numberNode(q), buckets] },
        labels,
        unit: metric.unit,
      })
    },
  }
}
