import { type Report, defineCheck } from '../check.ts'
import type { CatalogMetric } from '../context.ts'

export const cardinalityBudget = defineCheck({
  name: 'cardinality-budget',
  code: 'CIR503',
  severity: 'warning',
  title: 'A metric may have more series than the budget allows',
  why: 'Series are what Prometheus pays for, in memory and in every query; they grow with the product of all labels.',
  isPossible: ({ catalog, seriesPerMetric }) =>
    catalog !== undefined && seriesPerMetric !== undefined,
  check: (_, { catalog = [], seriesPerMetric = 0 }) =>
    catalog.flatMap((metric): readonly Report[] => {
      const series = seriesOf(metric)
      if (series <= seriesPerMetric) return []
      return [
        {
          place: metric.place,
          what: `${metric.name} may have ${series.toLocaleString('en')} series (${factorsOf(metric)}); the budget is ${seriesPerMetric.toLocaleString('en')}.`,
          mend: `Lower the bound of ${widest(metric)} or drop it${metric.buckets > 0 ? ', or drop buckets' : ''}.`,
        },
      ]
    }),
})

/** The most series a metric may have: labels multiply; a histogram adds +Inf, sum and count to its buckets. */
function seriesOf(metric: CatalogMetric): number {
  return metric.labels.reduce(
    (product, { bound }) => product * bound,
    perCombination(metric) * metric.instances,
  )
}

function perCombination({ kind, buckets }: CatalogMetric): number {
  return kind === 'histogram' ? buckets + 3 : 1
}

function factorsOf(metric: CatalogMetric): string {
  const labels = metric.labels.map(({ name, bound }) => `${name} ${bound}`)
  const histogram =
    metric.kind === 'histogram' ? [`buckets, sum and count ${perCombination(metric)}`] : []
  return [...labels, ...histogram, `instances ${metric.instances}`].join(' × ')
}

function widest({ labels }: CatalogMetric): string {
  const [first] = labels.toSorted((a, b) => b.bound - a.bound)
  return first ? `"${first.name}"` : 'the number of instances'
}
