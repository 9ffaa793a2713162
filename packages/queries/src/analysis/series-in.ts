import type { Expression, SeriesExpression } from './expression.ts'

/** Every selector of series at or under an expression. */
export function seriesIn(expression: Expression): readonly SeriesExpression[] {
  if (expression.kind === 'series') return [expression]
  return partsOf(expression).flatMap(seriesIn)
}

/** What an expression is made of, in the order of the text. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unknown':
      return expression.parts
    case 'call':
    case 'aggregate':
      return expression.arguments
    case 'binary':
      return [expression.left, expression.right]
    case 'range':
    case 'subquery':
    case 'moved':
    case 'negation':
    case 'log range':
      return [expression.of]
    case 'number':
    case 'string':
    case 'series':
    case 'logs':
      return []
  }
}
