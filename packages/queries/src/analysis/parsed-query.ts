import type { Expression, Span } from './expression.ts'

/** A text as a tree, or the place where it stops being a query. */
export type ParsedQuery = { readonly expression: Expression } | Unread

export type Unread =
  | { readonly error: Span }
  /** Variables stand for syntax, or the text is nested beyond reading. */
  | { readonly undecided: true }
