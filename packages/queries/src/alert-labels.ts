import type { LabelReference } from './matcher.ts'

/** References to the labels of an alert, for its texts, links and log query. */
export type LabelReferences<L extends string> = { readonly [Name in L]: LabelReference<Name> }

/** One reference per label. */
export function labelReferences<L extends string>(labels: readonly L[]): LabelReferences<L>
export function labelReferences(labels: readonly string[]): LabelReferences<string> {
  return Object.fromEntries(labels.map((label) => [label, `{{ $labels.${label} }}` as const]))
}
