import { contradictions, isMatched, matchingOf } from './binary-flow.ts'
import type { BinaryExpression } from './expression.ts'
import { groupedLabels } from './grouped-labels.ts'
import { labelAnswer } from './label-flow.ts'
import type { Operands, Scope } from './outcome.ts'

/** Whether series of the two sides can find each other. */
export function checkMatching(
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

/** Where one side is grouped by or matched on a label that the other lacks. */
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
  reportGiven(expression, operands, scope)
}

/** Where the one side of a grouping is to give a label it lacks. */
function reportGiven(expression: BinaryExpression, operands: Operands, scope: Scope): void {
  const matching = matchingOf(expression)
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
