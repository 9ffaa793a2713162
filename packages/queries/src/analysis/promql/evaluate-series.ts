import type { SeriesExpression, TextMatcher } from '../expression.ts'
import type { MetricKnowledge } from '../knowledge.ts'
import { type LabelFlow, anyLabels, labelAnswer, onlyLabels, withLabel } from '../label-flow.ts'
import { admitsEmpty, afterMatcher, matcherAnswer } from '../matcher-effect.ts'
import { type Outcome, type Scope, vectorOf } from '../outcome.ts'
import type { SelectorUse } from '../query-analysis.ts'

/** Series as a selector picks them. */
export function evaluateSeries(
  series: SeriesExpression,
  scope: Scope,
  range?: NonNullable<SelectorUse['range']>,
): Outcome {
  const { matchers, isPartial, from, to } = series
  const metric = metricNameOf(series)
  const { inside } = scope
  scope.use({
    ...(metric === undefined ? {} : { metric }),
    matchers,
    ...(range === undefined ? {} : { range }),
    inside,
    from,
    to,
  })
  const known = metric === undefined ? undefined : scope.knowledge.metric?.(metric)
  const start = withLabel(knownFlow(known), '__name__', 'has')
  const isData = inside.at(-1) === 'info'
  if (
    metric === undefined &&
    !isPartial &&
    !isData &&
    matchers.every((matcher) => admitsEmpty(matcher) === true)
  ) {
    scope.report(
      'empty_selector',
      series,
      'The selector matches every series; name a metric or a label',
    )
  }
  for (const matcher of matchers) reportMissing(matcher, start, { series, scope })
  return vectorOf(matchers.reduce(afterMatcher, start))
}

/** The one metric a selector is about. */
export function metricNameOf({ metric, matchers }: SeriesExpression): string | undefined {
  if (metric !== undefined) return metric
  const named = matchers.find(({ label, operator }) => label === '__name__' && operator === '=')
  return named !== undefined && !named.value.includes('$') ? named.value : undefined
}

function knownFlow(known: MetricKnowledge | undefined): LabelFlow {
  if (known === undefined) return anyLabels
  const { labels, optionalLabels = [], closed } = known
  const base = closed ? onlyLabels(anyLabels, [...labels, ...optionalLabels]) : anyLabels
  return labels.reduce((flow, label) => withLabel(flow, label, 'has'), base)
}

function reportMissing(
  matcher: TextMatcher,
  flow: LabelFlow,
  { series, scope }: { readonly series: SeriesExpression; readonly scope: Scope },
): void {
  if (labelAnswer(flow, matcher.label) !== 'cannot' || matcherAnswer(matcher) !== 'has') return
  const name = metricNameOf(series) ?? 'the metric'
  scope.report(
    'missing_label',
    series,
    `${name} has no label ${matcher.label}: nothing is selected`,
  )
}
