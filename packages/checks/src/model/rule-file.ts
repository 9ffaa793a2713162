import type { Located } from '../source/tree.ts'

/** A query language. */
export type Language = 'promql' | 'logql'

/** A file of alerting and recording rules, for Prometheus or for the Loki ruler. */
export interface RuleFile {
  readonly path: string
  readonly language: Language
  readonly groups: readonly RuleGroup[]
}

export interface RuleGroup {
  readonly name: Located<string> | undefined
  readonly interval: Located<string> | undefined
  readonly rules: readonly Rule[]
}

export interface Rule {
  readonly kind: 'alert' | 'record'
  readonly name: Located<string>
  readonly expr: Located<string>
  readonly for: Located<string> | undefined
  readonly labels: ReadonlyMap<string, Located<string>>
  readonly annotations: ReadonlyMap<string, Located<string>>
}
