import {
  type Metric,
  SCRAPE_INTERVAL_SECONDS,
  logFields,
  metrics as catalogMetrics,
  targetLabels,
} from '@cirrus/catalog'
import type { MetricKnowledge, QueryKnowledge } from './knowledge.ts'

/** What the catalog says of metrics and log lines. */
export function catalogKnowledge(
  metrics: readonly Metric[] = Object.values(catalogMetrics),
): QueryKnowledge {
  const series = new Map(metrics.flatMap(seriesOf))
  const indexed = Object.entries(logFields).filter(([, { placement }]) => placement !== 'line')
  return {
    metric: (name) => series.get(name),
    lineLabels: indexed.map(([name]) => name),
    scrapeIntervalSeconds: SCRAPE_INTERVAL_SECONDS,
  }
}

/** The series that a metric is exported as. */
function seriesOf(metric: Metric): readonly (readonly [string, MetricKnowledge])[] {
  const labels = [...metric.labels, ...targetLabels].map(({ name }) => name)
  const { name, kind } = metric
  if (kind !== 'histogram') return [[name, { kind, labels, closed: true }]]
  return [
    [`${name}_bucket`, { kind: 'counter', labels: [...labels, 'le'], closed: true }],
    [`${name}_sum`, { kind: 'counter', labels, closed: true }],
    [`${name}_count`, { kind: 'counter', labels, closed: true }],
  ]
}
