import { groupedFlow, pickingAggregations } from './aggregate-flow.ts'
import type { AggregateExpression, Expression } from './expression.ts'
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
    return vectorOf(countedFlow(grouped, expression.arguments[0]), between(1, Infinity))
  }
  return vectorOf(grouped, aggregatedValues(operator, values))
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

function countedFlow(labels: LabelFlow, parameter: Expression | undefined): LabelFlow {
  const isKnown = parameter?.kind === 'string' && !hasVariable(parameter.value)
  return isKnown ? withLabel(labels, parameter.value, 'has') : anyLabels
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
