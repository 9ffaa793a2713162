import type { Span, TextMatcher } from './expression.ts'
import type { LabelFlow } from './label-flow.ts'

export type QueryType = 'instant vector' | 'range vector' | 'scalar' | 'string' | 'logs' | 'unknown'

export type ProblemCode =
  /** The text is no query. */
  | 'syntax'
  /** An operand or argument of the wrong type, or too few or many. */
  | 'wrong_argument'
  /** A selector that could match everything, which servers refuse. */
  | 'empty_selector'
  /** A selector asks for a label its metric does not have. */
  | 'missing_label'
  | 'rate_of_gauge'
  | 'delta_of_counter'
  | 'bare_counter'
  | 'rate_of_aggregate'
  | 'quantile_without_le'
  /** One side always has a label that the other side never has. */
  | 'match_impossible'
  /** A side lacks a label that the other side is grouped by, or that the matching names. */
  | 'side_lacks_label'
  | 'always_true'
  | 'always_false'
  /** The window holds fewer than two scrapes. */
  | 'range_too_short'
  /** A rule needs numbers: a metric query, not lines, a window or text. */
  | 'not_for_rules'

/** Something wrong with a query; the span is in the text as it was given. */
export interface QueryProblem extends Span {
  readonly code: ProblemCode
  readonly message: string
}

/** One selector of series or log streams. */
export interface SelectorUse extends Span {
  /** Absent for log streams, and where the name is a variable or a pattern. */
  readonly metric?: string
  readonly matchers: readonly TextMatcher[]
  /** The window; `seconds` is absent where a variable says how long. */
  readonly range?: Span & { readonly seconds?: number }
  /** Functions and aggregations around it, outermost first. */
  readonly inside: readonly string[]
}

export interface QueryAnalysis {
  readonly language: 'promql' | 'logql'
  readonly type: QueryType
  readonly labels: LabelFlow
  readonly selectors: readonly SelectorUse[]
  readonly problems: readonly QueryProblem[]
}

/** What keeps a query from being the expression of a rule. */
export function ruleProblems({ type }: QueryAnalysis, text: string): readonly QueryProblem[] {
  if (type === 'unknown' || type === 'instant vector' || type === 'scalar') return []
  const message =
    type === 'logs'
      ? 'A rule needs numbers: count the lines, as in sum(count_over_time(… [5m]))'
      : `A rule needs an instant vector, not a ${type}`
  return [{ code: 'not_for_rules', from: 0, to: text.length, message }]
}
