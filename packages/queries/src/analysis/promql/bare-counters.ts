import { comparisons } from '../binary-flow.ts'
import type { BinaryExpression, Expression, SeriesExpression } from '../expression.ts'
import type { QueryKnowledge } from '../knowledge.ts'
import { seriesIn } from '../series-in.ts'
import { metricNameOf } from './evaluate-series.ts'

/** Aggregations and functions whose result is as bare as what they take. */
const transparent = new Set(
  `sum avg min max topk bottomk quantile limitk abs ceil floor round clamp clamp_max clamp_min
  sort sort_desc label_replace label_join scalar vector`.split(/\s+/),
)

/** Counters whose value since the start of a process reaches the result. */
export function bareCounters(
  expression: Expression,
  knowledge: QueryKnowledge,
): readonly SeriesExpression[] {
  switch (expression.kind) {
    case 'series': {
      const name = metricNameOf(expression)
      const kind = name === undefined ? undefined : knowledge.metric?.(name)?.kind
      return kind === 'counter' ? [expression] : []
    }
    case 'moved':
    case 'negation':
      return bareCounters(expression.of, knowledge)
    case 'call':
    case 'aggregate': {
      const name = expression.kind === 'call' ? expression.function : expression.operator
      if (!transparent.has(name)) return []
      return expression.arguments.flatMap((argument) => bareCounters(argument, knowledge))
    }
    case 'binary':
      return inBinary(expression, knowledge)
    default:
      return []
  }
}

function inBinary(
  expression: BinaryExpression,
  knowledge: QueryKnowledge,
): readonly SeriesExpression[] {
  const { operator } = expression
  const left = bareCounters(expression.left, knowledge)
  const right = bareCounters(expression.right, knowledge)
  if (operator === 'and') return left
  if (operator === 'unless') return isNewcomer(expression) ? [] : left
  // Two counters are compared as wholes: what was started less what ended, a share since the start.
  const isRelative = operator === '-' || operator === '/' || comparisons.has(operator)
  if (isRelative && left.length > 0 && right.length > 0) return []
  return isZero(expression) ? [] : [...left, ...right]
}

/** `x unless x offset 1h`: series that were not there before, whatever their value. */
function isNewcomer({ left, right }: BinaryExpression): boolean {
  const names = new Set(seriesIn(right).map(metricNameOf))
  return seriesIn(left).some((series) => names.has(metricNameOf(series)))
}

/** `x * 0`: only whether there are series, and which. */
function isZero({ operator, left, right }: BinaryExpression): boolean {
  return (
    operator === '*' && [left, right].some((side) => side.kind === 'number' && side.value === 0)
  )
}
