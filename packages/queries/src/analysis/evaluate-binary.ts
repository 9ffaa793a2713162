import {
  binaryFlow,
  comparisons,
  contradictions,
  isMatched,
  matchingOf,
  setOperators,
} from './binary-flow.ts'
import { groupedLabels } from './grouped-labels.ts'
import type { BinaryExpression } from './expression.ts'
import { type LabelFlow, labelAnswer, withoutLabels } from './label-flow.ts'
import {
  type Evaluate,
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

interface Operands {
  readonly left: Outcome
  readonly right: Outcome
}

/** An operation between two vectors, a vector and a scalar, or two scalars. */
export function evaluateBinary(
  expression: BinaryExpression,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const left = evaluate(expression.left, scope)
  const right = evaluate(expression.right, scope)
  const operands = { left, right }
  if (!checkTypes(expression, operands, scope)) return unknownOutcome
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

function checkTypes(
  expression: BinaryExpression,
  { left, right }: Operands,
  scope: Scope,
): boolean {
  const { operator, bool, matching } = expression
  const isPromql = scope.language === 'promql'
  let isRight = true
  const wrong = (span: { readonly from: number; readonly to: number }, message: string): void => {
    scope.report('wrong_argument', span, message)
    isRight = false
  }
  for (const [side, outcome] of [
    [expression.left, left],
    [expression.right, right],
  ] as const) {
    if (['range vector', 'string', 'logs'].includes(outcome.type)) {
      wrong(side, `${operator} needs numbers, not a ${outcome.type}`)
    } else if (setOperators.has(operator) && outcome.type === 'scalar') {
      wrong(side, `${operator} takes instant vectors, not a scalar`)
    } else if (isPromql && matching !== undefined && outcome.type === 'scalar') {
      wrong(side, 'Only instant vectors are matched by labels')
    }
  }
  if (bool && !comparisons.has(operator)) wrong(expression, 'bool belongs to comparisons only')
  if (setOperators.has(operator) && matching?.many !== undefined) {
    wrong(expression, `${operator} takes no grouping: it matches many to many`)
  }
  const isScalar = left.type === 'scalar' && right.type === 'scalar'
  if (isScalar && comparisons.has(operator) && !bool && isPromql) {
    wrong(expression, 'A comparison of two scalars needs bool')
  }
  return isRight
}

function checkMatching(
  expression: BinaryExpression,
  { left, right }: Operands,
  scope: Scope,
): void {
  const { operator, fills } = expression
  if (operator === 'or' || operator === 'unless' || fills) return
  const matching = matchingOf(expression)
  const sides = { left: left.labels, right: right.labels }
  const [label] = contradictions(sides, matching)
  if (label !== undefined) {
    const haver = labelAnswer(left.labels, label) === 'has' ? 'left' : 'right'
    const message = `No series match: the ${haver} side always has ${label}, the other never`
    scope.report('match_impossible', expression, message)
    return
  }
  reportLacking(expression, { left, right }, scope)
}

/** Where one side is grouped by, or matched on, or gives away, a label that it or the other lacks. */
function reportLacking(expression: BinaryExpression, operands: Operands, scope: Scope): void {
  const matching = matchingOf(expression)
  const asked = (side: 'left' | 'right'): readonly string[] => [
    ...groupedLabels(expression[side]),
    ...(matching.on ? matching.labels : []),
  ]
  for (const [side, other] of [
    ['left', 'right'],
    ['right', 'left'],
  ] as const) {
    const lacking = asked(other)
      .filter((label) => isMatched(matching, label))
      .filter((label) => labelAnswer(operands[other].labels, label) === 'unknown')
      .find((label) => labelAnswer(operands[side].labels, label) === 'cannot')
    if (lacking === undefined) continue
    const message = `The ${side} side cannot have ${lacking}, which the other is matched by: only series without it match`
    scope.report('side_lacks_label', expression, message)
    return
  }
  if (matching.many === undefined) return
  const one = operands[matching.many === 'left' ? 'right' : 'left']
  const missing = matching.take.find((label) => labelAnswer(one.labels, label) === 'cannot')
  if (missing === undefined) return
  scope.report(
    'side_lacks_label',
    expression,
    `group_${matching.many} takes ${missing}, which the other side cannot have`,
  )
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
