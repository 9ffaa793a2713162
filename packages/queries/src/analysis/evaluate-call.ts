import { absentFlow } from './promql/absent-flow.ts'
import { checkWindow } from './promql/check-window.ts'
import { type FunctionSignature, signatureOf } from './promql/functions.ts'
import { valuesOfCall } from './promql/call-values.ts'
import type { CallExpression, Expression } from './expression.ts'
import { seriesIn } from './series-in.ts'
import {
  type LabelFlow,
  anyLabels,
  labelAnswer,
  noLabels,
  withLabel,
  withoutLabels,
} from './label-flow.ts'
import {
  type Evaluate,
  type Outcome,
  type Scope,
  enter,
  scalarOf,
  unknownOutcome,
} from './outcome.ts'
import { labelJoinFlow, labelReplaceFlow } from './text-functions.ts'
import { hasVariable } from './variables.ts'

/** A call of a function. */
export function evaluateCall(call: CallExpression, scope: Scope, evaluate: Evaluate): Outcome {
  const { function: name, arguments: given } = call
  const inner = enter(scope, name)
  const outcomes = given.map((argument) => evaluate(argument, inner))
  const signature = signatureOf(name)
  if (signature === undefined) return unknownOutcome
  checkArguments(call, outcomes, { scope, signature })
  checkWindow(call, scope)
  const values = valuesOfCall(call, outcomes)
  if (signature.returns === 'scalar') return scalarOf(values)
  const vector = outcomes[signature.takes.findIndex((type) => type.endsWith('vector'))]
  if (name === 'histogram_quantile') checkBuckets(call, vector, scope)
  return { type: 'instant vector', labels: flowOf(call, vector?.labels), values }
}

interface Check {
  readonly scope: Scope
  readonly signature: FunctionSignature
}

function checkArguments(call: CallExpression, outcomes: readonly Outcome[], check: Check): void {
  const { function: name, arguments: given } = call
  const { takes, optional, repeats } = check.signature
  const [least, most] = [takes.length - optional, repeats ? Infinity : takes.length]
  if (given.length < least || given.length > most) {
    const count = least === most ? `${least}` : `${least} to ${repeats ? 'many' : most}`
    const message = `${name} takes ${count} arguments, not ${given.length}`
    check.scope.report('wrong_argument', call, message)
    return
  }
  for (const [index, argument] of given.entries()) {
    const wanted = takes[index] ?? takes.at(-1)
    const type = outcomes[index]?.type ?? 'unknown'
    if (type === 'unknown' || type === wanted) continue
    check.scope.report('wrong_argument', argument, `${name} takes a ${wanted} here, not a ${type}`)
  }
}

/** Only where the metric is a classic histogram: native ones need no `le`. */
function checkBuckets(call: CallExpression, vector: Outcome | undefined, scope: Scope): void {
  if (vector === undefined || labelAnswer(vector.labels, 'le') !== 'cannot') return
  const series = seriesIn(call)
  const isClassic =
    series.length > 0 && series.every(({ metric }) => /_bucket(:|$)/.test(metric ?? ''))
  if (!isClassic) return
  scope.report(
    'quantile_without_le',
    call,
    'The buckets lost their label le: keep it, as in sum by (le, …)',
  )
}

/** Functions that leave the name of the metric. */
const namePreserving = new Set([
  'sort',
  'sort_desc',
  'sort_by_label',
  'sort_by_label_desc',
  'last_over_time',
])

/** Newer functions of which versions disagree whether the name stays. */
const nameUndecided = new Set(['first_over_time'])

function flowOf(call: CallExpression, labels: LabelFlow = noLabels): LabelFlow {
  const { function: name, arguments: given } = call
  const [first, ...others] = given
  switch (name) {
    case 'vector':
      return noLabels
    case 'info':
      return anyLabels
    case 'absent':
    case 'absent_over_time':
      return first === undefined ? noLabels : absentFlow(first)
    case 'label_replace':
      return labelReplaceFlow(labels, others)
    case 'label_join':
      return labelJoinFlow(labels, others)
    case 'histogram_quantile':
      return withoutLabels(labels, ['le', '__name__'])
    case 'histogram_quantiles':
      return quantilesFlow(labels, given[1])
    case 'histogram_fraction':
      return withLabel(withoutLabels(labels, ['__name__']), 'le', 'unknown')
    default:
      if (namePreserving.has(name)) return labels
      if (nameUndecided.has(name)) return withLabel(labels, '__name__', 'unknown')
      return withoutLabels(labels, ['__name__'])
  }
}

function quantilesFlow(labels: LabelFlow, label: Expression | undefined): LabelFlow {
  if (label?.kind !== 'string' || hasVariable(label.value)) return anyLabels
  return withLabel(withoutLabels(labels, ['le', '__name__']), label.value, 'has')
}
