import { evaluateAggregate } from './evaluate-aggregate.ts'
import { evaluateBinary } from './evaluate-binary.ts'
import { evaluateCall } from './evaluate-call.ts'
import type { Expression, RangeExpression, SubqueryExpression } from './expression.ts'
import { evaluateLogRange, evaluateLogs } from './logql/evaluate-logs.ts'
import { type Outcome, type Scope, scalarOf, unknownOutcome } from './outcome.ts'
import { evaluateSeries } from './promql/evaluate-series.ts'
import { noLabels, withoutLabels } from './label-flow.ts'
import { anyValue, exactly } from './value-range.ts'

/** What an expression yields; findings go to the scope. */
export function evaluate(expression: Expression, scope: Scope): Outcome {
  switch (expression.kind) {
    case 'number':
      return scalarOf(exactly(expression.value))
    case 'string':
      return { type: 'string', labels: noLabels, values: anyValue }
    case 'series':
      return evaluateSeries(expression, scope)
    case 'range':
      return evaluateRange(expression, scope)
    case 'subquery':
      return evaluateSubquery(expression, scope)
    case 'moved':
      return evaluate(expression.of, scope)
    case 'negation':
      return evaluateNegation(expression.of, scope)
    case 'call':
      return evaluateCall(expression, scope, evaluate)
    case 'aggregate':
      return evaluateAggregate(expression, scope, evaluate)
    case 'binary':
      return evaluateBinary(expression, scope, evaluate)
    case 'logs':
      return evaluateLogs(expression, scope)
    case 'log range':
      return evaluateLogRange(expression, scope)
    case 'unknown':
      for (const part of expression.parts) evaluate(part, scope)
      return unknownOutcome
  }
}

function evaluateRange(expression: RangeExpression, scope: Scope): Outcome {
  const { of, from, to, seconds } = expression
  if (of.kind === 'series') {
    const range = { from, to, ...(seconds === undefined ? {} : { seconds }) }
    return { ...evaluateSeries(of, scope, range), type: 'range vector' }
  }
  const outcome = evaluate(of, scope)
  if (outcome.type === 'unknown') return outcome
  scope.report(
    'wrong_argument',
    expression,
    'Only a selector has a range; use a subquery, as in [5m:]',
  )
  return { ...outcome, type: 'range vector' }
}

function evaluateSubquery(expression: SubqueryExpression, scope: Scope): Outcome {
  const outcome = evaluate(expression.of, scope)
  if (outcome.type !== 'instant vector' && outcome.type !== 'unknown') {
    const message = `A subquery takes an instant vector, not a ${outcome.type}`
    scope.report('wrong_argument', expression.of, message)
  }
  return { ...outcome, type: 'range vector' }
}

function evaluateNegation(of: Expression, scope: Scope): Outcome {
  const outcome = evaluate(of, scope)
  if (outcome.type === 'range vector' || outcome.type === 'string') {
    scope.report('wrong_argument', of, `A sign needs numbers, not a ${outcome.type}`)
  }
  const { min, max, maybeNaN } = outcome.values
  return {
    ...outcome,
    // The sign `+` keeps values; the tree does not tell the two apart.
    values: min === -max ? { min, max, maybeNaN } : anyValue,
    labels: withoutLabels(outcome.labels, ['__name__']),
  }
}
