import { groupedFlow, pickingAggregations } from './aggregate-flow.ts'
import type { AggregateExpression } from './expression.ts'
import { type LabelFlow, anyLabels, withLabel } from './label-flow.ts'
import { type Evaluate, type Outcome, type Scope, enter, vectorOf } from './outcome.ts'
import { type ValueRange, anyValue, between, exactly } from './value-range.ts'
import { hasVariable } from './variables.ts'

/** What stands before the vector. */
const parameterTypes: ReadonlyMap<string, 'scalar' | 'string'> = new Map([
  ...['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio', 'approx_topk'].map(
    (operator) => [operator, 'scalar'] as const,
  ),
  ['count_values', 'string'],
])

/** An aggregation of series into groups, or a pick of some of them. */
export function evaluateAggregate(
  expression: AggregateExpression,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const { operator, grouping } = expression
  const inner = enter(scope, operator)
  const outcomes = expression.arguments.map((argument) => evaluate(argument, inner))
  checkArguments(expression, outcomes, scope)
  const argument = outcomes.at(-1)
  const labels = argument?.labels ?? anyLabels
  const values = argument?.values ?? anyValue
  if (pickingAggregations.has(operator)) return vectorOf(labels, values)
  const grouped = groupedFlow(labels, grouping)
  if (operator === 'count_values') {
    return vectorOf(countedFlow(grouped, expression), between(1, Infinity))
  }
  return vectorOf(withPushedDown(grouped, expression), aggregatedValues(operator, values))
}

/** Loki hands the grouping of a sum down to what is summed, before `unwrap` takes its label away. */
function withPushedDown(
  labels: LabelFlow,
  { operator, grouping, arguments: [summed] }: AggregateExpression,
): LabelFlow {
  if (operator !== 'sum' || summed?.kind !== 'log range' || summed.unwrap === undefined)
    return labels
  const isKept = grouping?.keeps === true && grouping.labels.includes(summed.unwrap)
  return isKept ? withLabel(labels, summed.unwrap, 'unknown') : labels
}

function checkArguments(
  { operator, arguments: given, ...span }: AggregateExpression,
  outcomes: readonly Outcome[],
  scope: Scope,
): void {
  const parameter = parameterTypes.get(operator)
  const wanted = parameter === undefined ? ['instant vector'] : [parameter, 'instant vector']
  if (given.length !== wanted.length) {
    const message = `${operator} takes ${wanted.length} arguments, not ${given.length}`
    scope.report('wrong_argument', span, message)
    return
  }
  for (const [index, argument] of given.entries()) {
    const type = outcomes[index]?.type ?? 'unknown'
    if (type === 'unknown' || type === wanted[index]) continue
    scope.report(
      'wrong_argument',
      argument,
      `${operator} takes a ${wanted[index]} here, not a ${type}`,
    )
  }
}

function countedFlow(
  labels: LabelFlow,
  { grouping, arguments: [parameter] }: AggregateExpression,
): LabelFlow {
  if (parameter?.kind !== 'string' || hasVariable(parameter.value)) return anyLabels
  // A label that is named after `without` too is taken away again, in some versions.
  const isSure =
    grouping === undefined || grouping.keeps || !grouping.labels.includes(parameter.value)
  return withLabel(labels, parameter.value, isSure ? 'has' : 'unknown')
}

function aggregatedValues(operator: string, values: ValueRange): ValueRange {
  switch (operator) {
    case 'count':
      return between(1, Infinity)
    case 'group':
      return exactly(1)
    case 'min':
    case 'max':
      return values
    case 'stddev':
    case 'stdvar':
      return { min: 0, max: Infinity, maybeNaN: true }
    default:
      return anyValue
  }
}
