import type { SyntaxNode } from '@lezer/common'
import { parser } from '@grafana/lezer-logql'
import { durationSeconds } from '../duration-text.ts'
import type { Expression, Grouping, LogsExpression, Matching, Span } from '../expression.ts'
import { type OperatorChain, joinChain } from '../operator-chain.ts'
import type { ParsedQuery } from '../parsed-query.ts'
import { unquote } from '../quoted-text.ts'
import { substitute } from '../substitute.ts'
import { type TreeReader, childrenOf, descendants, readTree } from '../tree.ts'
import { toMatcher, toStages } from './parse-stages.ts'

/** What Loki reads and the grammar does not: `variants`, `unwrap` in brackets, filters without comma. */
const beyondGrammar = /\bvariants\s*\(|\bunwrap\b[^()]*\)\s*\[|\|[^|{}]*["`]\s+\w+\s*[=!<>]/

/** A LogQL text as a tree; Grafana variables are understood. */
export function parseLogql(text: string): ParsedQuery {
  const substitution = substitute('logql', text)
  const read = readTree(parser, { ...substitution, text: withoutOffsets(substitution.text) })
  if ('error' in read && beyondGrammar.test(text)) return { undecided: true }
  if (!('top' in read)) return read
  const root = read.top.getChild('Expr')?.firstChild
  if (!root) return { error: { from: 0, to: text.length } }
  return { expression: toExpression(root, read.reader) }
}

/** The grammar refuses `offset` after `unwrap`; it moves results in time and changes nothing else. */
function withoutOffsets(text: string): string {
  return text.replace(/(\]\s*)(offset\s+-?[\d.]\w*)/g, (_, before: string, offset: string) =>
    before.padEnd(before.length + offset.length),
  )
}

interface Operator extends Span {
  readonly text: string
  readonly matching?: Matching
  readonly bool: boolean
}

type Chain = OperatorChain<Expression, Operator>

function toExpression(node: SyntaxNode, reader: TreeReader): Expression {
  return joinChain(toChain(node, reader), (left, operator, right) => ({
    ...operator,
    kind: 'binary',
    operator: operator.text,
    left,
    right,
    fills: false,
    from: left.from,
    to: right.to,
  }))
}

function toChain(node: SyntaxNode, reader: TreeReader): Chain {
  const binary = unwrapExpr(node)
  if (binary.name !== 'BinOpExpr') return { first: toOperand(binary, reader), rest: [] }
  const [left, sign, modifier, right] = childrenOf(binary)
  if (!left || !sign || !modifier || !right) return { first: unknownAt(binary, reader), rest: [] }
  const one = toChain(left, reader)
  const other = toChain(right, reader)
  const operator = toOperator(sign, modifier, reader)
  return {
    first: one.first,
    rest: [...one.rest, { operator, operand: other.first }, ...other.rest],
  }
}

/** The grammar puts `Expr(MetricExpr(…))` around operands, and a `MetricExpr` around brackets. */
function unwrapExpr(node: SyntaxNode): SyntaxNode {
  const [inner] = childrenOf(node)
  if (inner === undefined || inner.from !== node.from) return node
  return node.name === 'Expr' || node.name === 'MetricExpr' ? unwrapExpr(inner) : node
}

function unknownAt(node: SyntaxNode, reader: TreeReader): Expression {
  return { kind: 'unknown', parts: [], ...reader.span(node) }
}

function toOperand(node: SyntaxNode, reader: TreeReader): Expression {
  const span = reader.span(node)
  const [inner] = childrenOf(node)
  switch (node.name) {
    case 'Expr':
    case 'MetricExpr':
      return inner === undefined
        ? unknownAt(node, reader)
        : { ...toExpression(inner, reader), ...span }
    case 'LogExpr':
      return toLogs(node, reader)
    case 'LiteralExpr':
      return toNumber(node, reader)
    case 'RangeAggregationExpr':
      return toLogRange(node, reader)
    case 'VectorAggregationExpr':
      return toAggregate(node, reader)
    case 'LabelReplaceExpr':
      return {
        kind: 'call',
        function: 'label_replace',
        arguments: toArguments(node, reader),
        ...span,
      }
    case 'VectorExpr':
      return { kind: 'call', function: 'vector', arguments: toArguments(node, reader), ...span }
    default:
      return unknownAt(node, reader)
  }
}

function toNumber(node: SyntaxNode, reader: TreeReader): Expression {
  const span = reader.span(node)
  if (reader.isOpen(node)) return { kind: 'unknown', parts: [], ...span }
  const text = reader.text(node).replaceAll(/\s/g, '')
  return { kind: 'number', value: reader.isVariable(node) ? Number.NaN : Number(text), ...span }
}

function toArguments(node: SyntaxNode, reader: TreeReader): readonly Expression[] {
  return childrenOf(node).flatMap((child): readonly Expression[] => {
    if (child.name === 'Number') return [toNumber(child, reader)]
    if (child.name === 'MetricExpr') return [toExpression(child, reader)]
    if (child.name !== 'String') return []
    return [{ kind: 'string', value: unquote(reader.text(child)), ...reader.span(child) }]
  })
}

function toAggregate(node: SyntaxNode, reader: TreeReader): Expression {
  const operator = node.getChild('VectorOp')
  return {
    kind: 'aggregate',
    operator: operator === null ? '' : reader.text(operator),
    arguments: toArguments(node, reader),
    ...groupingOf(node, reader),
    ...reader.span(node),
  }
}

function groupingOf(node: SyntaxNode, reader: TreeReader): { readonly grouping?: Grouping } {
  const grouping = node.getChild('Grouping')
  if (grouping === null) return {}
  const labels = descendants(grouping, 'Identifier').map((label) => reader.text(label))
  return { grouping: { keeps: grouping.getChild('By') !== null, labels } }
}

function toLogs(node: SyntaxNode, reader: TreeReader): LogsExpression {
  const selector = node.getChild('Selector')
  const matchers = selector === null ? [] : descendants(selector, 'Matcher')
  return {
    kind: 'logs',
    matchers: matchers
      .filter((matcher) => !reader.isVariable(matcher))
      .map((matcher) => toMatcher(matcher, reader)),
    isPartial: selector !== null && reader.isVariable(selector),
    stages: toStages(node, reader),
    ...reader.span(selector ?? node),
  }
}

function toLogRange(node: SyntaxNode, reader: TreeReader): Expression {
  const operator = node.getChild('RangeOp')
  const logs = node.getChild('LogRangeExpr')
  const range = logs?.getChild('Range')
  const [unwrap] = logs ? descendants(logs, 'UnwrapExpr') : []
  if (operator === null || !logs || !range || reader.isVariable(operator))
    return unknownAt(node, reader)
  const [label] = unwrap === undefined ? [] : unwrappedLabel(unwrap)
  return {
    kind: 'log range',
    function: reader.text(operator),
    of: toLogs(logs, reader),
    range: { ...reader.span(range), ...seconds(range, reader) },
    ...(label === undefined ? {} : { unwrap: reader.text(label) }),
    ...groupingOf(node, reader),
    ...reader.span(node),
  }
}

/** `unwrap x | filter` is nested from the outside in. */
function unwrappedLabel(node: SyntaxNode): readonly SyntaxNode[] {
  const inner = node.getChild('UnwrapExpr')
  return inner === null ? node.getChildren('Identifier') : unwrappedLabel(inner)
}

function seconds(range: SyntaxNode, reader: TreeReader): { readonly seconds?: number } {
  const duration = range.getChild('Duration')
  if (duration === null || reader.isVariable(duration)) return {}
  const value = durationSeconds(reader.text(duration))
  return value === undefined ? {} : { seconds: value }
}

function toOperator(sign: SyntaxNode, modifier: SyntaxNode, reader: TreeReader): Operator {
  return {
    text: reader.text(sign).toLowerCase(),
    bool: modifier.getChild('Bool') !== null,
    ...toMatching(modifier, reader),
    ...reader.span(sign),
  }
}

function toMatching(modifier: SyntaxNode, reader: TreeReader): { readonly matching?: Matching } {
  const clause = modifier.getChild('OnOrIgnoringModifier')
  if (clause === null) return {}
  const many = modifier.getChild('GroupLeft')
    ? 'left'
    : modifier.getChild('GroupRight')
      ? 'right'
      : undefined
  const take = modifier.getChild('GroupingLabels')
  const labels = (node: SyntaxNode): readonly string[] =>
    descendants(node, 'LabelName').map((label) => reader.text(label))
  return {
    matching: {
      on: clause.getChild('On') !== null,
      labels: labels(clause),
      ...(many === undefined ? {} : { many }),
      take: take === null ? [] : labels(take),
    },
  }
}
