export { type Aggregation, average, count, max, min, sum } from './aggregate.ts'
export { analyzeLogql, analyzePromql } from './analysis/analyze.ts'
export { catalogKnowledge } from './analysis/catalog-knowledge.ts'
export type { Span, TextMatcher } from './analysis/expression.ts'
export type { MetricKnowledge, QueryKnowledge } from './analysis/knowledge.ts'
export { type LabelAnswer, type LabelFlow, labelAnswer } from './analysis/label-flow.ts'
export {
  type ProblemCode,
  type QueryAnalysis,
  type QueryProblem,
  type QueryType,
  type SelectorUse,
  ruleProblems,
} from './analysis/query-analysis.ts'
export { type LabelReferences, labelReferences } from './alert-labels.ts'
export {
  between,
  complement,
  constant,
  dividedBy,
  ratio,
  share,
  times,
  until,
} from './arithmetic.ts'
export { MIN_WINDOW_SECONDS, panelContext, ruleContext } from './context.ts'
export { days, formatDuration, hours, minutes } from './duration.ts'
export { above, atOrAbove, below, unless, whereAlso } from './filter.ts'
export { bucketsOf, observations, quantile } from './histogram.ts'
export { joinInfo } from './join.ts'
export { labelValues, recordedValues } from './label-values.ts'
export {
  type Lines,
  type LinesWhere,
  lineRate,
  linesFrom,
  linesOf,
  rename,
  saying,
} from './lines.ts'
export {
  type LabelReference,
  type Matcher,
  type Wanted,
  type Where,
  atLeast,
  matching,
  not,
} from './matcher.ts'
export type { QueryNode } from './node.ts'
export { sliOwnedByDomain, withDomainOwner } from './owner.ts'
export { type Witness, blindJobs, missingJobs, witnessOf } from './presence.ts'
export { type Recording, averageOver, recorded, sumOver } from './recorded.ts'
export { type RenderContext, render } from './render.ts'
export { gauge, increase, rate } from './series.ts'
export {
  type Severity,
  type Signal,
  type Thresholds,
  defineSignal,
  reached,
  severities,
} from './signal.ts'
export { apiSignals } from './signals/api.ts'
export { costSignals, priceVariable } from './signals/cost.ts'
export { edgeSignals } from './signals/edge.ts'
export { slis } from './signals/slis.ts'
export { sloRecordings, sloSignals } from './signals/slo.ts'
export { shipperSignals } from './signals/shipper.ts'
export { telemetrySignals } from './signals/telemetry.ts'
export { workerSignals } from './signals/worker.ts'
export { type Sli, errorSli, goodSli, latencySli } from './sli.ts'
export type { Quantity } from './unit.ts'
export type { LabelOf, Language, Vector } from './vector.ts'
