import type { SyntaxNode } from '@lezer/common'
import type { Condition, LabelAssignment, LabelTarget, Stage, TextMatcher } from '../expression.ts'
import { type OperatorChain, joinChain } from '../operator-chain.ts'
import { unquote } from '../quoted-text.ts'
import { type TreeReader, childrenOf, descendants } from '../tree.ts'
import { hasVariable } from '../variables.ts'

/** The steps of a log pipeline, those after `unwrap` included. */
export function toStages(node: SyntaxNode, reader: TreeReader): readonly Stage[] {
  return childrenOf(node).flatMap((child) => {
    if (child.name === 'PipelineExpr') return toStages(child, reader)
    if (child.name === 'PipelineStage') return [toStage(child, reader)]
    return child.name === 'UnwrapExpr' ? toUnwrapFilters(child, reader) : []
  })
}

function toUnwrapFilters(node: SyntaxNode, reader: TreeReader): readonly Stage[] {
  const inner = node.getChild('UnwrapExpr')
  const filter = node.getChild('LabelFilter')
  const own: readonly Stage[] =
    filter === null ? [] : [{ kind: 'where', condition: toCondition(filter, reader) }]
  return inner === null ? own : [...toUnwrapFilters(inner, reader), ...own]
}

/** A condition on the text of a label. */
export function toMatcher(node: SyntaxNode, reader: TreeReader): TextMatcher {
  const [label, operator, value] = childrenOf(node)
  const operators = { Eq: '=', Neq: '!=', Re: '=~', Nre: '!~' } as const
  const known = Object.entries(operators).find(([name]) => name === operator?.name)
  return {
    label: label === undefined ? '' : reader.text(label),
    operator: known === undefined ? '=' : known[1],
    value: value === undefined ? '' : unquote(reader.text(value)),
  }
}

function toStage(stage: SyntaxNode, reader: TreeReader): Stage {
  const node = childrenOf(stage).find(({ name }) => name !== 'Pipe')
  if (node === undefined || node.name === 'LineFilters') return { kind: 'line' }
  if (reader.isVariable(node)) return { kind: 'opaque' }
  switch (node.name) {
    case 'LabelFilter':
      return { kind: 'where', condition: toCondition(node, reader) }
    case 'LabelFormatExpr':
      return { kind: 'format', assignments: toAssignments(node, reader) }
    case 'DropLabelsExpr':
      return { kind: 'drop', targets: toTargets(node, 'DropLabel', reader) }
    case 'KeepLabelsExpr':
      return { kind: 'keep', targets: toTargets(node, 'KeepLabel', reader) }
    case 'LineFormatExpr':
    case 'DecolorizeExpr':
      return { kind: 'line' }
    default:
      return { kind: 'parse', ...extractsOf(node, reader) }
  }
}

function extractsOf(
  node: SyntaxNode,
  reader: TreeReader,
): { readonly extracts?: readonly string[] } {
  if (node.getChild('LabelExtractionExpressionList')) {
    const parts = descendants(node, 'LabelExtractionExpression')
    return { extracts: parts.flatMap((part) => part.getChildren('Identifier')).map(reader.text) }
  }
  const pattern = node.getChild('String')
  const text = pattern === null ? undefined : unquote(reader.text(pattern))
  if (text === undefined || hasVariable(text)) return {}
  const captures = node.getChild('Regexp') ? /\(\?P?<(\w+)>/g : /<(\w+)>/g
  return { extracts: [...text.matchAll(captures)].map(([, name = '']) => name) }
}

interface Conjunction {
  readonly text: 'and' | 'or' | ','
}

type ConditionChain = OperatorChain<Condition, Conjunction>

/** `and` binds before `or`, which the grammar does not say. */
function toCondition(node: SyntaxNode, reader: TreeReader): Condition {
  const chain = toConditionChain(node, reader)
  const signs = new Set(chain.rest.map(({ operator }) => operator.text))
  // How Loki reads these two together depends on their order.
  if (signs.has(',') && signs.has('or')) return { kind: 'other' }
  return joinChain(chain, (left, { text }, right) => ({
    kind: text === 'or' ? 'any' : 'all',
    of: [left, right],
  }))
}

function toConditionChain(node: SyntaxNode, reader: TreeReader): ConditionChain {
  const [left, right] = node.getChildren('LabelFilter')
  if (left === undefined) return { first: toSimpleCondition(node, reader), rest: [] }
  if (right === undefined) return { first: toCondition(left, reader), rest: [] }
  const one = toConditionChain(left, reader)
  const other = toConditionChain(right, reader)
  const text = node.getChild('Or') ? 'or' : node.getChild('And') ? 'and' : ','
  return {
    first: one.first,
    rest: [...one.rest, { operator: { text }, operand: other.first }, ...other.rest],
  }
}

function toSimpleCondition(node: SyntaxNode, reader: TreeReader): Condition {
  const matcher = node.getChild('Matcher')
  if (matcher === null || reader.isVariable(matcher)) return { kind: 'other' }
  return { kind: 'text', matcher: toMatcher(matcher, reader) }
}

function toAssignments(node: SyntaxNode, reader: TreeReader): readonly LabelAssignment[] {
  return descendants(node, 'LabelFormatMatcher').map((assignment) => {
    const [label, , value] = childrenOf(assignment)
    const name = label === undefined ? '' : reader.text(label)
    const text = value === undefined ? '' : reader.text(value)
    return value?.name === 'String'
      ? { label: name, template: unquote(text) }
      : { label: name, source: text }
  })
}

function toTargets(node: SyntaxNode, kind: string, reader: TreeReader): readonly LabelTarget[] {
  return descendants(node, kind).map((target) => {
    const matcher = target.getChild('Matcher')
    const label = matcher?.getChild('Identifier') ?? target.getChild('Identifier')
    return {
      label: label ? reader.text(label) : '',
      ...(matcher ? { matcher: toMatcher(matcher, reader) } : {}),
    }
  })
}
