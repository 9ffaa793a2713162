export { type Aggregation, average, max, min, sum } from './aggregate.ts'
export { type LabelReferences, labelReferences } from './alert-labels.ts'
export { between, ratio, share, until } from './arithmetic.ts'
export { panelContext, ruleContext } from './context.ts'
export { days, formatDuration, hours, minutes } from './duration.ts'
export { atOrAbove, below, whereAlso } from './filter.ts'
export { bucketsOf, observations, quantile } from './histogram.ts'
export { joinInfo } from './join.ts'
export { labelValues } from './label-values.ts'
export { type Lines, type LinesWhere, lineRate, linesFrom, linesOf, rename } from './lines.ts'
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
export { withDomainOwner } from './owner.ts'
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
export { edgeSignals } from './signals/edge.ts'
export { shipperSignals } from './signals/shipper.ts'
export { telemetrySignals } from './signals/telemetry.ts'
export { workerSignals } from './signals/worker.ts'
export type { Quantity } from './unit.ts'
export type { LabelOf, Language, Vector } from './vector.ts'
