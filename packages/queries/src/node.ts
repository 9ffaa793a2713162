import type { Matcher } from './matcher.ts'

/** Samples of one metric, as PromQL selects them. */
export interface SeriesNode {
  readonly kind: 'series'
  readonly metric: string
  readonly matchers: readonly Matcher[]
  /** Every label the metric has; a render context may filter by them. */
  readonly labels: readonly string[]
}

/** Log lines, as LogQL selects them. */
export interface LinesNode {
  readonly kind: 'lines'
  readonly matchers: readonly Matcher[]
  /** Conditions on structured metadata, applied after the stream selector. */
  readonly filters: readonly Matcher[]
  /** Regular expressions that the text of a line must match, before anything else. */
  readonly contains: readonly string[]
  readonly renames: readonly { readonly from: string; readonly to: string }[]
  /** Every stream label; a render context may filter by them. */
  readonly labels: readonly string[]
}

/** What happened during a window; how long it is, the render context says unless the node does. */
export interface WindowNode {
  readonly kind: 'window'
  readonly of: SeriesNode | LinesNode
  /** A length that the meaning depends on, as that of a burn rate does. */
  readonly seconds?: number
}

export interface CallNode {
  readonly kind: 'call'
  readonly function: string
  readonly arguments: readonly QueryNode[]
}

export interface AggregateNode {
  readonly kind: 'aggregate'
  readonly operator: 'sum' | 'min' | 'max' | 'avg' | 'count' | 'topk'
  readonly by: readonly string[]
  /** `k` of topk. */
  readonly parameter?: number
  readonly argument: QueryNode
}

export interface BinaryNode {
  readonly kind: 'binary'
  readonly operator: '+' | '-' | '*' | '/' | '<' | '>' | '>=' | 'and' | 'or' | 'unless'
  readonly left: QueryNode
  readonly right: QueryNode
  /** Labels to match on; all of them where absent. */
  readonly on?: readonly string[]
  /** Labels to take over from the right side (`group_left`). */
  readonly take?: readonly string[]
}

/** A number that whoever looks at a dashboard chooses; rules have none. */
export interface ChoiceNode {
  readonly kind: 'choice'
  readonly variable: string
}

export interface NumberNode {
  readonly kind: 'number'
  readonly value: number
}

/** A PromQL or LogQL query as a tree. Builders make nodes, only the printer makes text. */
export type QueryNode =
  | SeriesNode
  | LinesNode
  | WindowNode
  | CallNode
  | AggregateNode
  | BinaryNode
  | NumberNode
  | ChoiceNode

export function numberNode(value: number): NumberNode {
  return { kind: 'number', value }
}
