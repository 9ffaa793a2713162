import { pickingAggregations } from './aggregate-flow.ts'
import type { Expression } from './expression.ts'

/** Labels that an expression is explicitly grouped by. */
export function groupedLabels(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'aggregate': {
      const { operator, grouping, arguments: given } = expression
      const last = given.at(-1)
      if (pickingAggregations.has(operator)) return last === undefined ? [] : groupedLabels(last)
      return grouping?.keeps ? grouping.labels : []
    }
    case 'negation':
    case 'moved':
      return groupedLabels(expression.of)
    case 'binary': {
      const { left, right } = expression
      if (right.kind === 'number') return groupedLabels(left)
      return left.kind === 'number' ? groupedLabels(right) : []
    }
    default:
      return []
  }
}
