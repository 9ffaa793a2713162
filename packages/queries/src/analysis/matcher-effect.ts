import type { TextMatcher } from './expression.ts'
import { type LabelAnswer, type LabelFlow, labelAnswer, withLabel } from './label-flow.ts'
import { hasVariable } from './variables.ts'

/** Longest pattern that is tried; longer ones are left undecided. */
const MAX_PATTERN_LENGTH = 500

/** Where JavaScript reads a pattern otherwise than RE2 does, or not at all. */
const otherDialect = /\[\[:|\[\^?\]|\\[QECpPzAa]|\(\?[^:P]|\{\d{2,}/

/** What is known of a label once a matcher let something pass. */
export function matcherAnswer({ operator, value }: TextMatcher): LabelAnswer {
  if (hasVariable(value)) return 'unknown'
  switch (operator) {
    case '=':
      return value === '' ? 'cannot' : 'has'
    case '!=':
      return value === '' ? 'has' : 'unknown'
    case '=~':
      if (value === '' || value === '^$') return 'cannot'
      return matchesEmpty(value) === false ? 'has' : 'unknown'
    case '!~':
      return matchesEmpty(value) === true ? 'has' : 'unknown'
  }
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
