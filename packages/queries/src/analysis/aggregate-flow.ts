import type { Grouping } from './expression.ts'
import { type LabelFlow, noLabels, onlyLabels, withoutLabels } from './label-flow.ts'

/** Aggregations that pick series and leave their labels alone. */
export const pickingAggregations: ReadonlySet<string> = new Set([
  'topk',
  'bottomk',
  'limitk',
  'limit_ratio',
  'approx_topk',
  'sort',
  'sort_desc',
])

/** Labels of groups. */
export function groupedFlow(labels: LabelFlow, grouping: Grouping | undefined): LabelFlow {
  if (grouping === undefined) return noLabels
  if (grouping.keeps) return onlyLabels(labels, grouping.labels)
  return withoutLabels(labels, [...grouping.labels, '__name__'])
}
