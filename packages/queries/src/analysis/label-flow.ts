/** Whether results carry a label: every one of them, none of them, or it cannot be decided. */
export type LabelAnswer = 'has' | 'cannot' | 'unknown'

/** What is known of the labels of every result of an expression. An empty value is no label. */
export interface LabelFlow {
  readonly named: ReadonlyMap<string, LabelAnswer>
  /** Of every label not named: none, or nobody can tell. */
  readonly others: 'cannot' | 'unknown'
}

/** Nothing is known. */
export const anyLabels: LabelFlow = { named: new Map(), others: 'unknown' }

/** No labels at all. */
export const noLabels: LabelFlow = { named: new Map(), others: 'cannot' }

/** Whether results can carry a label. */
export function labelAnswer(flow: LabelFlow, label: string): LabelAnswer {
  return flow.named.get(label) ?? flow.others
}

/** The flow with one label decided anew. */
export function withLabel(flow: LabelFlow, label: string, answer: LabelAnswer): LabelFlow {
  return { ...flow, named: new Map([...flow.named, [label, answer]]) }
}

/** The flow after some labels are removed. */
export function withoutLabels(flow: LabelFlow, labels: readonly string[]): LabelFlow {
  return labels.reduce((rest, label) => withLabel(rest, label, 'cannot'), flow)
}

/** The flow after all other labels are removed. */
export function onlyLabels(flow: LabelFlow, labels: readonly string[]): LabelFlow {
  return {
    named: new Map(labels.map((label) => [label, labelAnswer(flow, label)])),
    others: 'cannot',
  }
}

/** The flow of results that come from either of two. */
export function eitherFlow(left: LabelFlow, right: LabelFlow): LabelFlow {
  const named = namedLabels(left, right).map(
    (label) => [label, eitherAnswer(labelAnswer(left, label), labelAnswer(right, label))] as const,
  )
  const isClosed = left.others === 'cannot' && right.others === 'cannot'
  return { named: new Map(named), others: isClosed ? 'cannot' : 'unknown' }
}

/** The answer where one or the other is true. */
export function eitherAnswer(left: LabelAnswer, right: LabelAnswer): LabelAnswer {
  return left === right ? left : 'unknown'
}

/** The answer where both are true; where they contradict, the left one. */
export function bothAnswers(left: LabelAnswer, right: LabelAnswer): LabelAnswer {
  return left === 'unknown' ? right : left
}

/** Labels of which one flow or the other says more than of the rest. */
export function namedLabels(...flows: readonly LabelFlow[]): readonly string[] {
  return [...new Set(flows.flatMap(({ named }) => [...named.keys()]))]
}
