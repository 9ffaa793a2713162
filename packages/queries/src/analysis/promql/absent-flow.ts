import type { Expression } from '../expression.ts'
import { type LabelFlow, noLabels, withLabel } from '../label-flow.ts'
import { matcherAnswer } from '../matcher-effect.ts'

/** The labels of `absent`: those a selector asks for with `=`, and with nothing else. */
export function absentFlow(argument: Expression): LabelFlow {
  const { selector, isPinned } = selectorOf(argument, false)
  if (selector.kind === 'unknown') return { ...noLabels, others: 'unknown' }
  if (selector.kind !== 'series') return noLabels
  const { matchers, isPartial } = selector
  const start: LabelFlow = isPartial ? { ...noLabels, others: 'unknown' } : noLabels
  return matchers
    .filter(({ label }) => label !== '__name__')
    .reduce((flow, matcher) => {
      const same = matchers.filter(({ label }) => label === matcher.label)
      // Versions disagree on labels asked for twice, and on selectors pinned with @.
      if (same.length > 1 || isPinned || isPartial) return withLabel(flow, matcher.label, 'unknown')
      const isEqual = matcher.operator === '='
      return withLabel(flow, matcher.label, isEqual ? matcherAnswer(matcher) : 'cannot')
    }, start)
}

function selectorOf(
  expression: Expression,
  isPinned: boolean,
): { readonly selector: Expression; readonly isPinned: boolean } {
  if (expression.kind === 'range') return selectorOf(expression.of, isPinned)
  if (expression.kind === 'moved') {
    return selectorOf(expression.of, isPinned || expression.by === '@')
  }
  return { selector: expression, isPinned }
}
