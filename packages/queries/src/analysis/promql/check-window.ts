import type { CallExpression, Expression } from '../expression.ts'
import type { Scope } from '../outcome.ts'
import { metricNameOf } from './evaluate-series.ts'
import { rateFunctions, twoSampleFunctions } from './functions.ts'

/** A rate over fewer scrapes has nothing to compare. */
const MIN_SCRAPES = 2

/** Aggregations after which a reset of one counter looks like a fall of all. */
const mixing = new Set(['sum', 'avg', 'count', 'quantile', 'stddev', 'stdvar'])

/** Whether a function over a window suits what is in the window. */
export function checkWindow(call: CallExpression, scope: Scope): void {
  const window = call.arguments
    .map(inTime)
    .find(({ kind }) => kind === 'range' || kind === 'subquery')
  if (window === undefined) return
  if (window.kind === 'range') {
    checkKind(call, window.of, scope)
    checkLength(call, window.seconds, scope)
  }
  if (window.kind !== 'subquery') return
  const inner = inTime(window.of)
  if (
    inner.kind === 'aggregate' &&
    rateFunctions.has(call.function) &&
    mixing.has(inner.operator)
  ) {
    const message = `${call.function} of ${inner.operator} hides counter resets: take ${call.function} first, then ${inner.operator}`
    scope.report('rate_of_aggregate', call, message)
  }
  checkKind(call, inner, scope)
}

/** The expression without the time it is moved to. */
function inTime(expression: Expression): Expression {
  return expression.kind === 'moved' ? inTime(expression.of) : expression
}

function checkKind(call: CallExpression, of: Expression, scope: Scope): void {
  const name = of.kind === 'series' ? metricNameOf(of) : undefined
  const kind = name === undefined ? undefined : scope.knowledge.metric?.(name)?.kind
  if ((kind === 'gauge' || kind === 'info') && rateFunctions.has(call.function)) {
    const message = `${name} is a gauge: ${call.function} takes every fall for a reset; use delta or deriv`
    scope.report('rate_of_gauge', call, message)
  }
  if (kind === 'counter' && ['delta', 'idelta'].includes(call.function)) {
    const message = `${name} is a counter: ${call.function} falls with every reset; use increase`
    scope.report('delta_of_counter', call, message)
  }
}

function checkLength(call: CallExpression, seconds: number | undefined, scope: Scope): void {
  const { scrapeIntervalSeconds } = scope.knowledge
  if (seconds === undefined || scrapeIntervalSeconds === undefined) return
  const least = MIN_SCRAPES * scrapeIntervalSeconds
  if (seconds >= least || !twoSampleFunctions.has(call.function)) return
  const message = `A window of ${seconds} s holds fewer than two scrapes (one per ${scrapeIntervalSeconds} s): ${call.function} finds nothing`
  scope.report('range_too_short', call, message)
}
