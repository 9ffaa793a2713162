import type { BinaryExpression, Matching } from './expression.ts'
import {
  type LabelFlow,
  anyLabels,
  bothAnswers,
  eitherFlow,
  labelAnswer,
  namedLabels,
  onlyLabels,
  withLabel,
  withoutLabels,
} from './label-flow.ts'

/** The two sides of a match. */
export interface Sides {
  readonly left: LabelFlow
  readonly right: LabelFlow
}

export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless'])

export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])

const matchAll: Matching = { on: false, labels: [], take: [] }

/** How the sides of an operation are matched; on all labels where it does not say. */
export function matchingOf({ matching }: BinaryExpression): Matching {
  return matching ?? matchAll
}

/** Whether series must agree in a label to match. */
export function isMatched({ on, labels }: Matching, label: string): boolean {
  return on ? labels.includes(label) : label !== '__name__' && !labels.includes(label)
}

/** Labels that one side always has and the other never: such series cannot match. */
export function contradictions({ left, right }: Sides, matching: Matching): readonly string[] {
  return [...namedLabels(left, right), ...matching.labels]
    .filter((label) => isMatched(matching, label))
    .filter((label) => {
      const answers = [labelAnswer(left, label), labelAnswer(right, label)]
      return answers.includes('has') && answers.includes('cannot')
    })
}

/** Labels of what an operation between two vectors yields. */
export function binaryFlow(expression: BinaryExpression, sides: Sides): LabelFlow {
  const matching = matchingOf(expression)
  switch (expression.operator) {
    case 'or':
      return eitherFlow(sides.left, sides.right)
    case 'unless':
      return sides.left
    case 'and':
      return agreed(sides.left, sides.right, matching)
    default:
      return expression.fills ? anyLabels : joinedFlow(sides, matching)
  }
}

function joinedFlow({ left, right }: Sides, matching: Matching): LabelFlow {
  const [many, one] = matching.many === 'right' ? [right, left] : [left, right]
  const joined = agreed(many, one, matching)
  if (matching.many !== undefined) {
    return matching.take.reduce(
      (flow, label) => withLabel(flow, label, labelAnswer(one, label)),
      joined,
    )
  }
  return matching.on ? onlyLabels(joined, matching.labels) : withoutLabels(joined, matching.labels)
}

/** A flow with what is known from the series it must agree with. */
function agreed(flow: LabelFlow, other: LabelFlow, matching: Matching): LabelFlow {
  const agree = (result: LabelFlow, label: string): LabelFlow =>
    withLabel(result, label, bothAnswers(labelAnswer(flow, label), labelAnswer(other, label)))
  if (matching.on) return matching.labels.reduce(agree, flow)
  const free = [...matching.labels, '__name__']
  // What may stay different must keep its answer when the rest is settled.
  const kept = free.reduce(
    (result, label) => withLabel(result, label, labelAnswer(flow, label)),
    flow,
  )
  const settled = bothAnswers(kept.others, other.others) === 'cannot' ? 'cannot' : 'unknown'
  const named = namedLabels(flow, other).filter((label) => isMatched(matching, label))
  return named.reduce(agree, { named: kept.named, others: settled })
}
