import type { Expression, Span } from './expression.ts'
import type { QueryKnowledge } from './knowledge.ts'
import { type LabelFlow, anyLabels, noLabels } from './label-flow.ts'
import type { ProblemCode, QueryType, SelectorUse } from './query-analysis.ts'
import { type ValueRange, anyValue } from './value-range.ts'

/** What an expression yields. */
export interface Outcome {
  readonly type: QueryType
  readonly labels: LabelFlow
  readonly values: ValueRange
}

/** The two sides of an operation. */
export interface Operands {
  readonly left: Outcome
  readonly right: Outcome
}

/** Where an expression stands, and where findings go. */
export interface Scope {
  readonly language: 'promql' | 'logql'
  readonly knowledge: QueryKnowledge
  readonly inside: readonly string[]
  readonly use: (selector: SelectorUse) => void
  readonly report: (code: ProblemCode, at: Span, message: string) => void
}

export const unknownOutcome: Outcome = { type: 'unknown', labels: anyLabels, values: anyValue }

export function vectorOf(labels: LabelFlow, values: ValueRange = anyValue): Outcome {
  return { type: 'instant vector', labels, values }
}

export function scalarOf(values: ValueRange): Outcome {
  return { type: 'scalar', labels: noLabels, values }
}

/** The scope of what a function or aggregation takes. */
export function enter(scope: Scope, name: string): Scope {
  return { ...scope, inside: [...scope.inside, name] }
}

/** Evaluates the parts of an expression; passed around since every kind has a module of its own. */
export type Evaluate = (expression: Expression, scope: Scope) => Outcome
