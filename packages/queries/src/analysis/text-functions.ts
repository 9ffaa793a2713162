import type { Expression } from './expression.ts'
import {
  type LabelAnswer,
  type LabelFlow,
  anyLabels,
  eitherAnswer,
  labelAnswer,
  withLabel,
} from './label-flow.ts'
import { matchesEmpty } from './matcher-effect.ts'
import { hasVariable } from './variables.ts'

/** The strings among arguments; `undefined` where a variable hides which label is meant. */
function stringsOf(expressions: readonly Expression[]): readonly string[] | undefined {
  const texts = expressions.map((part) => (part.kind === 'string' ? part.value : undefined))
  return texts.every((text) => text !== undefined) ? texts : undefined
}

/** Labels after `label_replace(vector, "target", "replacement", "source", "pattern")`. */
export function labelReplaceFlow(labels: LabelFlow, strings: readonly Expression[]): LabelFlow {
  const [target, replacement, source, pattern] = stringsOf(strings) ?? []
  if (target === undefined || hasVariable(target)) return anyLabels
  if (replacement === undefined || source === undefined || pattern === undefined) return anyLabels
  const before = labelAnswer(labels, target)
  if ([replacement, source, pattern].some(hasVariable)) return withLabel(labels, target, 'unknown')
  // Nothing has a label without a name: `label_replace(x, "env", "prod", "", "")` always matches.
  const from = source === '' ? 'cannot' : labelAnswer(labels, source)
  const replaced = replacementAnswer(replacement, pattern, from)
  const answers = {
    always: replaced,
    never: before,
    maybe: eitherAnswer(before, replaced),
  } as const
  return withLabel(labels, target, answers[matches(pattern, from)])
}

/** Patterns that take the whole value, and as first group too. */
const wholePatterns = new Set(['(.*)', '(.+)', '^(.*)$', '^(.+)$'])

function replacementAnswer(replacement: string, pattern: string, from: LabelAnswer): LabelAnswer {
  if (replacement === '') return 'cannot'
  if (!replacement.includes('$')) return 'has'
  const isWhole = wholePatterns.has(pattern) && /^\$(1|\{1\})$/.test(replacement)
  if (!isWhole) return 'unknown'
  return pattern.includes('+') ? 'has' : from
}

function matches(pattern: string, from: LabelAnswer): 'always' | 'never' | 'maybe' {
  if (/^\^?\(?\.\*\)?\$?$/.test(pattern)) return 'always'
  if (from === 'has') return /^\^?\(?\.\+\)?\$?$/.test(pattern) ? 'always' : 'maybe'
  if (from === 'unknown') return 'maybe'
  const empty = matchesEmpty(pattern)
  return empty === undefined ? 'maybe' : empty ? 'always' : 'never'
}

/** Labels after `label_join(vector, "target", "separator", "source", …)`. */
export function labelJoinFlow(labels: LabelFlow, strings: readonly Expression[]): LabelFlow {
  const [target, separator = '', ...sources] = stringsOf(strings) ?? []
  if (target === undefined || hasVariable(target)) return anyLabels
  if ([separator, ...sources].some(hasVariable)) return withLabel(labels, target, 'unknown')
  const answers = sources.map((source) => labelAnswer(labels, source))
  const isJoined = sources.length > 1 && separator !== ''
  if (isJoined || answers.includes('has')) return withLabel(labels, target, 'has')
  const isEmpty = answers.every((answer) => answer === 'cannot')
  return withLabel(labels, target, isEmpty ? 'cannot' : 'unknown')
}
