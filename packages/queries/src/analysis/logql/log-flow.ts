import type {
  Condition,
  LabelAssignment,
  LabelTarget,
  LogsExpression,
  Stage,
  TextMatcher,
} from '../expression.ts'
import type { QueryKnowledge } from '../knowledge.ts'
import {
  type LabelAnswer,
  type LabelFlow,
  anyLabels,
  eitherFlow,
  labelAnswer,
  onlyLabels,
  withLabel,
  withoutLabels,
} from '../label-flow.ts'
import { afterMatcher, matcherAnswer } from '../matcher-effect.ts'
import { hasVariable } from '../variables.ts'

/** Set by stages that fail on a line. */
const errorLabels = ['__error__', '__error_details__'] as const

/** Labels of lines; those of the stream are told apart, since nothing parsed replaces them. */
interface LineFlow {
  readonly labels: LabelFlow
  readonly stream: ReadonlySet<string>
}

/** The labels of lines behind a selector and its pipeline. */
export function logFlow(logs: LogsExpression, knowledge: QueryKnowledge): LabelFlow {
  const start = streamFlow(logs, knowledge)
  return logs.stages.reduce(afterStage, start).labels
}

function streamFlow({ matchers }: LogsExpression, { lineLabels }: QueryKnowledge): LineFlow {
  const known =
    lineLabels === undefined ? anyLabels : onlyLabels(anyLabels, lineLabels.flatMap(bothNames))
  // Structured metadata may bring a label that the stream was asked not to have.
  const present = matchers.filter((matcher) => matcherAnswer(matcher) === 'has')
  const stream = new Set(present.map(({ label }) => label))
  return { labels: present.reduce(afterMatcher, known), stream }
}

function afterStage(lines: LineFlow, stage: Stage): LineFlow {
  const { labels, stream } = lines
  switch (stage.kind) {
    case 'line':
      return { ...lines, labels: mayFail(labels) }
    case 'where':
      return { ...lines, labels: afterCondition(labels, stage.condition) }
    case 'parse':
      return { ...lines, labels: mayFail(afterParser(lines, stage.extracts)) }
    case 'format':
      return { ...lines, labels: mayFail(stage.assignments.reduce(afterAssignment, labels)) }
    case 'drop':
      return { labels: stage.targets.reduce(afterDrop, labels), stream }
    case 'keep':
      return { labels: afterKeep(labels, stage.targets), stream }
    case 'opaque':
      return { labels: anyLabels, stream: new Set() }
  }
}

function mayFail(labels: LabelFlow): LabelFlow {
  return errorLabels.reduce((flow, label) => withLabel(flow, label, 'unknown'), labels)
}

function afterCondition(labels: LabelFlow, condition: Condition): LabelFlow {
  if (condition.kind === 'text') return afterFilter(labels, condition.matcher)
  if (condition.kind === 'other') return withLabel(labels, '__error__', 'unknown')
  if (condition.kind === 'all') return condition.of.reduce(afterCondition, labels)
  return condition.of.map((part) => afterCondition(labels, part)).reduce(eitherFlow)
}

/** Loki lets everything pass through `=~""` and `!~"a|"`, which it takes for empty. */
function afterFilter(labels: LabelFlow, matcher: TextMatcher): LabelFlow {
  const { operator } = matcher
  const isOdd = operator === '!~' || (operator === '=~' && matcherAnswer(matcher) === 'cannot')
  return isOdd ? labels : afterMatcher(labels, matcher)
}

/** What has the name of a stream label gets another one. */
function bothNames(label: string): readonly [string, string] {
  return [label, `${label}_extracted`]
}

/** What a parser finds replaces nothing of the stream. */
function afterParser(
  { labels, stream }: LineFlow,
  extracts: readonly string[] | undefined,
): LabelFlow {
  const isSafe = (label: string): boolean =>
    stream.has(label) && labelAnswer(labels, label) === 'has'
  if (extracts === undefined) {
    const safe = [...labels.named.keys()].filter(isSafe)
    return safe.reduce((flow, label) => withLabel(flow, label, 'has'), anyLabels)
  }
  const touched = extracts.flatMap(bothNames)
  return touched
    .filter((label) => !isSafe(label))
    .reduce((flow, label) => withLabel(flow, label, 'unknown'), labels)
}

function afterAssignment(labels: LabelFlow, assignment: LabelAssignment): LabelFlow {
  const { label } = assignment
  if (!('source' in assignment)) {
    return withLabel(labels, label, templateAnswer(assignment.template))
  }
  const { source } = assignment
  if (source === label) return withLabel(labels, label, 'unknown')
  // Without a source nothing is assigned; an empty one empties the label.
  const isSet = labelAnswer(labels, source) === 'has'
  const isGone = labelAnswer(labels, label) === 'cannot' && labelAnswer(labels, source) === 'cannot'
  const answer: LabelAnswer = isSet ? 'has' : isGone ? 'cannot' : 'unknown'
  return withLabel(withLabel(labels, source, 'cannot'), label, answer)
}

function templateAnswer(template: string): LabelAnswer {
  if (template === '') return 'cannot'
  return template.includes('{{') || hasVariable(template) ? 'unknown' : 'has'
}

function afterDrop(labels: LabelFlow, { label, matcher }: LabelTarget): LabelFlow {
  if (matcher === undefined) return withoutLabels(labels, [label])
  return labelAnswer(labels, label) === 'has' ? withLabel(labels, label, 'unknown') : labels
}

function afterKeep(labels: LabelFlow, targets: readonly LabelTarget[]): LabelFlow {
  const kept = onlyLabels(labels, [...targets.map(({ label }) => label), ...errorLabels])
  return targets
    .filter(({ label, matcher }) => matcher !== undefined && labelAnswer(kept, label) === 'has')
    .reduce((flow, { label }) => withLabel(flow, label, 'unknown'), kept)
}
