import { binaryFlow, comparisons, setOperators } from './binary-flow.ts'
import { checkMatching } from './check-matching.ts'
import { operandMistakes } from './check-operands.ts'
import type { BinaryExpression } from './expression.ts'
import { type LabelFlow, withoutLabels } from './label-flow.ts'
import {
  type Evaluate,
  type Operands,
  type Outcome,
  type Scope,
  scalarOf,
  unknownOutcome,
  vectorOf,
} from './outcome.ts'
import {
  type ValueRange,
  anyValue,
  between,
  calculate,
  compareRanges,
  exactly,
  hull,
  mirror,
  narrow,
} from './value-range.ts'

/** An operation between two vectors, a vector and a scalar, or two scalars. */
export function evaluateBinary(
  expression: BinaryExpression,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const left = evaluate(expression.left, scope)
  const right = evaluate(expression.right, scope)
  const operands = { left, right }
  const mistakes = operandMistakes(expression, operands, scope.language)
  for (const { at, message } of mistakes) scope.report('wrong_argument', at, message)
  if (mistakes.length > 0) return unknownOutcome
  const values = valuesOf(expression, operands, scope)
  if (left.type === 'unknown' || right.type === 'unknown') return { ...unknownOutcome, values }
  if (left.type === 'scalar' && right.type === 'scalar') return scalarOf(values)
  if (left.type === 'instant vector' && right.type === 'instant vector') {
    checkMatching(expression, operands, scope)
    const labels = binaryFlow(expression, { left: left.labels, right: right.labels })
    return vectorOf(afterOperator(labels, expression, scope), values)
  }
  const vector = left.type === 'scalar' ? right : left
  return vectorOf(afterOperator(vector.labels, expression, scope), values)
}

/** Arithmetic makes another quantity of a metric, so PromQL takes its name away. */
function afterOperator(
  labels: LabelFlow,
  { operator, bool }: BinaryExpression,
  scope: Scope,
): LabelFlow {
  if (scope.language === 'logql' || setOperators.has(operator)) return labels
  return comparisons.has(operator) && !bool ? labels : withoutLabels(labels, ['__name__'])
}

function valuesOf(
  expression: BinaryExpression,
  { left, right }: Operands,
  scope: Scope,
): ValueRange {
  const { operator, bool } = expression
  if (comparisons.has(operator)) {
    const outcome = compareRanges(left.values, operator, right.values)
    if (outcome !== undefined) {
      const message = bool
        ? `The comparison always yields ${outcome ? 1 : 0}`
        : `The comparison ${outcome ? 'lets everything' : 'never lets anything'} pass`
      scope.report(outcome ? 'always_true' : 'always_false', expression, message)
    }
    if (bool) return outcome === undefined ? between(0, 1) : exactly(outcome ? 1 : 0)
    return left.type === 'scalar'
      ? narrow(right.values, mirror(operator), left.values)
      : narrow(left.values, operator, right.values)
  }
  if (operator === 'or') return hull(left.values, right.values)
  if (setOperators.has(operator)) return left.values
  return expression.fills ? anyValue : calculate(left.values, operator, right.values)
}
