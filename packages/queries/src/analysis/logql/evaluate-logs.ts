import { groupedFlow } from '../aggregate-flow.ts'
import type { LogRangeExpression, LogsExpression } from '../expression.ts'
import { type LabelFlow, noLabels, withLabel, withoutLabels } from '../label-flow.ts'
import { admitsEmpty, matcherAnswer } from '../matcher-effect.ts'
import { type Outcome, type Scope, enter, vectorOf } from '../outcome.ts'
import type { SelectorUse } from '../query-analysis.ts'
import { type ValueRange, anyValue, between, exactly } from '../value-range.ts'
import { logFlow } from './log-flow.ts'

/** Lines as a selector and its pipeline yield them. */
export function evaluateLogs(
  logs: LogsExpression,
  scope: Scope,
  range?: NonNullable<SelectorUse['range']>,
): Outcome {
  const { matchers, isPartial, from, to } = logs
  const { inside } = scope
  scope.use({ matchers, ...(range === undefined ? {} : { range }), inside, from, to })
  if (!isPartial && matchers.every((matcher) => admitsEmpty(matcher) === true)) {
    scope.report('empty_selector', logs, 'The selector matches every stream; ask for a label')
  }
  return { type: 'logs', labels: logFlow(logs, scope.knowledge), values: anyValue }
}

/** Functions that take unwrapped values only, and those that take lines only. */
const valueFunctions =
  /^(avg|sum|max|min|stddev|stdvar|quantile|first|last)_over_time$|^rate_counter$/
const lineFunctions = /^(count_over_time|bytes_over_time|bytes_rate)$/
const groupable = /^(avg|max|min|stddev|stdvar|quantile|first|last)_over_time$/

/** What is counted or measured in a window of lines. */
export function evaluateLogRange(expression: LogRangeExpression, scope: Scope): Outcome {
  const { function: name, of, range, unwrap, grouping } = expression
  const { labels } = evaluateLogs(of, enter(scope, name), range)
  if (unwrap === undefined && valueFunctions.test(name)) {
    scope.report('wrong_argument', expression, `${name} needs numbers: add | unwrap <label>`)
  }
  if (unwrap !== undefined && lineFunctions.test(name)) {
    scope.report('wrong_argument', expression, `${name} counts lines and takes no unwrap`)
  }
  if (grouping !== undefined && !groupable.test(name)) {
    scope.report('wrong_argument', expression, `${name} takes no grouping: aggregate around it`)
  }
  if (name === 'absent_over_time') return vectorOf(absentFlow(of), exactly(1))
  return vectorOf(rangeFlow(labels, expression), valuesOf(name))
}

function rangeFlow(labels: LabelFlow, { unwrap, grouping }: LogRangeExpression): LabelFlow {
  if (grouping?.keeps) return groupedFlow(labels, grouping)
  const removed = grouping === undefined ? [] : grouping.labels
  return withoutLabels(labels, unwrap === undefined ? removed : [...removed, unwrap])
}

/** The labels that a selector asks for with `=`, and with nothing else. */
function absentFlow({ matchers, isPartial }: LogsExpression): LabelFlow {
  const start: LabelFlow = isPartial ? { ...noLabels, others: 'unknown' } : noLabels
  return matchers.reduce((flow, matcher) => {
    const isOnly = matchers.filter(({ label }) => label === matcher.label).length === 1
    const isEqual = matcher.operator === '='
    if (!isOnly || isPartial) return withLabel(flow, matcher.label, 'unknown')
    return withLabel(flow, matcher.label, isEqual ? matcherAnswer(matcher) : 'cannot')
  }, start)
}

function valuesOf(name: string): ValueRange {
  if (name === 'count_over_time') return between(1, Infinity)
  return lineFunctions.test(name) ? between(0, Infinity) : anyValue
}
