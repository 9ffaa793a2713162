import type { TextMatcher } from './expression.ts'
import { type LabelAnswer, type LabelFlow, labelAnswer, withLabel } from './label-flow.ts'
import { hasVariable } from './variables.ts'

/** Longest pattern that is tried; longer ones are left undecided. */
const MAX_PATTERN_LENGTH = 500

/** Where JavaScript reads a pattern otherwise than RE2 does, or not at all. */
const otherDialect = /\[\[:|\[\^?\]|\\[QECpPzAa]|\(\?[^:P]|\{\d{2,}/

/** What is known of a label once a matcher let something pass. */
export function matcherAnswer(matcher: TextMatcher): LabelAnswer {
  const { operator, value } = matcher
  if (operator === '=' && value === '') return 'cannot'
  if (operator === '=~' && (value === '' || value === '^$')) return 'cannot'
  return admitsEmpty(matcher) === false ? 'has' : 'unknown'
}

/** Whether a matcher lets everything without the label pass; `undefined` where undecided. */
export function admitsEmpty({ operator, value }: TextMatcher): boolean | undefined {
  if (hasVariable(value)) return undefined
  const isEmpty = operator === '=' || operator === '!=' ? value === '' : matchesEmpty(value)
  if (isEmpty === undefined) return undefined
  return operator === '=' || operator === '=~' ? isEmpty : !isEmpty
}

/** The flow of what a matcher lets pass. */
export function afterMatcher(flow: LabelFlow, matcher: TextMatcher): LabelFlow {
  const answer = matcherAnswer(matcher)
  return answer === 'unknown' || labelAnswer(flow, matcher.label) === 'cannot'
    ? flow
    : withLabel(flow, matcher.label, answer)
}

/** Whether a pattern (anchored, RE2) matches the empty text; `undefined` where undecided. */
export function matchesEmpty(pattern: string): boolean | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH || otherDialect.test(pattern)) return undefined
  try {
    return new RegExp(`^(?:${pattern.replaceAll('(?P<', '(?<')})$`, 's').test('')
  } catch {
    return undefined
  }
}
