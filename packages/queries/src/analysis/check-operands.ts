import { comparisons, setOperators } from './binary-flow.ts'
import type { BinaryExpression, Span } from './expression.ts'
import type { Operands, Scope } from './outcome.ts'

/** Why an operation is refused. */
export interface OperandMistake {
  readonly at: Span
  readonly message: string
}

/** What servers refuse of an operation between operands of these types. */
export function operandMistakes(
  expression: BinaryExpression,
  operands: Operands,
  language: Scope['language'],
): readonly OperandMistake[] {
  return [
    ...mistakesOf(expression, 'left', operands),
    ...mistakesOf(expression, 'right', operands),
    ...operatorMistakes(expression).map((message) => ({ at: expression, message })),
    ...(language === 'promql' ? promqlMistakes(expression, operands) : []),
  ]
}

function mistakesOf(
  { operator, ...sides }: BinaryExpression,
  side: 'left' | 'right',
  operands: Operands,
): readonly OperandMistake[] {
  const [at, { type }] = [sides[side], operands[side]]
  if (['range vector', 'string', 'logs'].includes(type)) {
    return [{ at, message: `${operator} needs numbers, not a ${type}` }]
  }
  const isRefused = setOperators.has(operator) && type === 'scalar'
  return isRefused ? [{ at, message: `${operator} takes instant vectors, not a scalar` }] : []
}

function operatorMistakes({ operator, bool, matching }: BinaryExpression): readonly string[] {
  const isGrouped = setOperators.has(operator) && matching?.many !== undefined
  return [
    ...(bool && !comparisons.has(operator) ? ['bool belongs to comparisons only'] : []),
    ...(isGrouped ? [`${operator} takes no grouping: it matches many to many`] : []),
  ]
}

/** Loki ignores these. */
function promqlMistakes(
  expression: BinaryExpression,
  { left, right }: Operands,
): readonly OperandMistake[] {
  const { operator, bool, matching } = expression
  const scalars = [left, right].filter(({ type }) => type === 'scalar').length
  const isBare = scalars === 2 && comparisons.has(operator) && !bool
  const taken =
    matching?.on === true ? matching.take.filter((one) => matching.labels.includes(one)) : []
  return [
    ...(isBare ? ['A comparison of two scalars needs bool'] : []),
    ...(matching !== undefined && scalars > 0
      ? ['Only instant vectors are matched by labels']
      : []),
    ...taken.map((label) => `${label} is matched on and cannot be taken over too`),
  ].map((message) => ({ at: expression, message }))
}
