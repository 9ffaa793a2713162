/** A part of a text, `to` exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A condition on the text of a label. */
export interface TextMatcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  /** As written, without quotes; may hold variables. */
  readonly value: string
}

export interface Grouping {
  readonly keeps: boolean
  readonly labels: readonly string[]
}

/** How series of two sides find each other. */
export interface Matching {
  readonly on: boolean
  readonly labels: readonly string[]
  /** The side with several series per match, if any, and the labels it takes from the other. */
  readonly many?: 'left' | 'right'
  readonly take: readonly string[]
}

export interface SeriesExpression extends Span {
  readonly kind: 'series'
  readonly metric?: string
  readonly matchers: readonly TextMatcher[]
  /** Whether variables hide a matcher or the name. */
  readonly isPartial: boolean
}

export interface LogsExpression extends Span {
  readonly kind: 'logs'
  readonly matchers: readonly TextMatcher[]
  /** Whether variables hide a matcher. */
  readonly isPartial: boolean
  readonly stages: readonly Stage[]
}

export interface RangeExpression extends Span {
  readonly kind: 'range'
  readonly of: Expression
  /** Absent where a variable says how long. */
  readonly seconds?: number
}

export interface SubqueryExpression extends Span {
  readonly kind: 'subquery'
  readonly of: Expression
}

/** A window of log lines and what is counted in it. */
export interface LogRangeExpression extends Span {
  readonly kind: 'log range'
  readonly function: string
  readonly of: LogsExpression
  readonly range: Span & { readonly seconds?: number }
  readonly unwrap?: string
  readonly grouping?: Grouping
}

export interface CallExpression extends Span {
  readonly kind: 'call'
  readonly function: string
  readonly arguments: readonly Expression[]
}

export interface AggregateExpression extends Span {
  readonly kind: 'aggregate'
  readonly operator: string
  readonly grouping?: Grouping
  readonly arguments: readonly Expression[]
}

export interface BinaryExpression extends Span {
  readonly kind: 'binary'
  readonly operator: string
  readonly left: Expression
  readonly right: Expression
  readonly matching?: Matching
  readonly bool: boolean
  /** Whether series without a partner are filled in. */
  readonly fills: boolean
}

/** An expression evaluated at another time. */
export interface MovedExpression extends Span {
  readonly kind: 'moved'
  readonly by: '@' | 'offset'
  readonly of: Expression
}

/** A PromQL or LogQL query; spans are in the text as it was given. */
export type Expression =
  | (Span & { readonly kind: 'number'; readonly value: number })
  | (Span & { readonly kind: 'string'; readonly value: string })
  | (Span & { readonly kind: 'negation'; readonly of: Expression })
  /** A variable stands where its meaning matters. */
  | (Span & { readonly kind: 'unknown'; readonly parts: readonly Expression[] })
  | SeriesExpression
  | RangeExpression
  | SubqueryExpression
  | MovedExpression
  | LogsExpression
  | LogRangeExpression
  | CallExpression
  | AggregateExpression
  | BinaryExpression

/** A condition of a log pipeline. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'text'; readonly matcher: TextMatcher }
  | { readonly kind: 'other' }

/** One step of a log pipeline, as far as it touches labels. */
export type Stage =
  | { readonly kind: 'where'; readonly condition: Condition }
  /** Takes labels from the line; any, unless they are listed. */
  | { readonly kind: 'parse'; readonly extracts?: readonly string[] }
  | { readonly kind: 'format'; readonly assignments: readonly LabelAssignment[] }
  | { readonly kind: 'drop' | 'keep'; readonly targets: readonly LabelTarget[] }
  /** A variable hides what it does. */
  | { readonly kind: 'opaque' }
  | { readonly kind: 'line' }

/** `label=source` or `label="template"`. */
export type LabelAssignment =
  | { readonly label: string; readonly source: string }
  | { readonly label: string; readonly template: string }

export interface LabelTarget {
  readonly label: string
  readonly matcher?: TextMatcher
}
