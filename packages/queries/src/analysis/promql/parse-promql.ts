import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { durationSeconds } from '../duration-text.ts'
import type { Expression, Grouping, Matching, Span, TextMatcher } from '../expression.ts'
import { type OperatorChain, joinChain } from '../operator-chain.ts'
import type { ParsedQuery } from '../parsed-query.ts'
import { unquote } from '../quoted-text.ts'
import { substitute } from '../substitute.ts'
import { type TreeReader, childrenOf, descendants, readTree } from '../tree.ts'

/** A PromQL text as a tree; Grafana variables are understood. */
export function parsePromql(text: string): ParsedQuery {
  const read = readTree(parser, substitute('promql', text))
  if (!('top' in read)) return read
  const [root] = childrenOf(read.top)
  if (root === undefined) return { error: { from: 0, to: text.length } }
  return { expression: toExpression(root, read.reader) }
}

interface Operator extends Span {
  readonly text: string
  readonly matching?: Matching
  readonly bool: boolean
  readonly fills: boolean
}

type Chain = OperatorChain<Expression, Operator>

/** What wraps an operand from behind; the grammar wraps the whole chain before it instead. */
const postfixes = new Set([
  'OffsetExpr',
  'StepInvariantExpr',
  'MatrixSelector',
  'SubqueryExpr',
  'AnchoredExpr',
  'SmoothedExpr',
])

function toExpression(node: SyntaxNode, reader: TreeReader): Expression {
  return joinChain(toChain(node, reader), (left, operator, right) => ({
    ...operator,
    kind: 'binary',
    operator: operator.text,
    left,
    right,
    from: left.from,
    to: right.to,
  }))
}

function toChain(node: SyntaxNode, reader: TreeReader): Chain {
  const [first, ...others] = childrenOf(node)
  if (first !== undefined && node.name === 'BinaryExpr') {
    const last = others.at(-1) ?? first
    const left = toChain(first, reader)
    const right = toChain(last, reader)
    const operator = toOperator(others.slice(0, -1), reader)
    return {
      first: left.first,
      rest: [...left.rest, { operator, operand: right.first }, ...right.rest],
    }
  }
  if (first !== undefined && node.name === 'UnaryExpr') {
    return negated(toChain(others[0] ?? first, reader), reader.span(node))
  }
  if (first !== undefined && postfixes.has(node.name)) {
    return mapLast(toChain(first, reader), (operand) => toPostfix(node, operand, reader))
  }
  return { first: toOperand(node, reader), rest: [] }
}

/** A sign belongs to the first operand, unless that one is raised to a power: labels agree. */
function negated({ first, rest }: Chain, { from }: Span): Chain {
  return { first: { kind: 'negation', of: first, from, to: first.to }, rest }
}

function mapLast({ first, rest }: Chain, change: (operand: Expression) => Expression): Chain {
  const last = rest.at(-1)
  if (last === undefined) return { first: changeOperand(first, change), rest }
  const operand = changeOperand(last.operand, change)
  return { first, rest: [...rest.slice(0, -1), { ...last, operand }] }
}

/** `-a[5m]` is the negation of `a[5m]`; in `(-a)[5m:]` the bracket ends behind what is negated. */
function changeOperand(
  operand: Expression,
  change: (operand: Expression) => Expression,
): Expression {
  if (operand.kind !== 'negation' || operand.to > operand.of.to) return change(operand)
  const of = changeOperand(operand.of, change)
  return { ...operand, of, to: of.to }
}

function toPostfix(node: SyntaxNode, of: Expression, reader: TreeReader): Expression {
  const span = { from: of.from, to: reader.span(node).to }
  if (node.name === 'MatrixSelector')
    return { kind: 'range', of, ...seconds(node, reader), ...span }
  if (node.name === 'SubqueryExpr') return { kind: 'subquery', of, ...span }
  return { kind: 'moved', by: node.name === 'StepInvariantExpr' ? '@' : 'offset', of, ...span }
}

function seconds(node: SyntaxNode, reader: TreeReader): { readonly seconds?: number } {
  const duration = node.getChild('DurationExpr')
  if (duration === null || reader.isVariable(duration)) return {}
  const value = durationSeconds(reader.text(duration))
  return value === undefined ? {} : { seconds: value }
}

function toOperand(node: SyntaxNode, reader: TreeReader): Expression {
  const span = reader.span(node)
  switch (node.name) {
    case 'ParenExpr':
      return toInner(node, reader)
    case 'NumberDurationLiteral':
      return {
        kind: 'number',
        value: reader.isVariable(node) ? Number.NaN : toNumber(reader.text(node)),
        ...span,
      }
    case 'StringLiteral':
      return { kind: 'string', value: unquote(reader.text(node)), ...span }
    case 'VectorSelector':
      return toSeries(node, reader)
    case 'FunctionCall':
      return {
        kind: 'call',
        function: nameOf(node, 'FunctionIdentifier', reader),
        arguments: toArguments(node, reader),
        ...span,
      }
    case 'AggregateExpr':
      return toAggregate(node, reader)
    default:
      return { kind: 'unknown', parts: [], ...span }
  }
}

function toInner(node: SyntaxNode, reader: TreeReader): Expression {
  const [inner] = childrenOf(node)
  const span = reader.span(node)
  return inner === undefined
    ? { kind: 'unknown', parts: [], ...span }
    : { ...toExpression(inner, reader), ...span }
}

function toArguments(node: SyntaxNode, reader: TreeReader): readonly Expression[] {
  const body = node.getChild('FunctionCallBody')
  return body === null ? [] : childrenOf(body).map((child) => toExpression(child, reader))
}

function toAggregate(node: SyntaxNode, reader: TreeReader): Expression {
  const span = reader.span(node)
  const operator = node.getChild('AggregateOp')
  const parts = toArguments(node, reader)
  if (operator === null || reader.isVariable(operator)) return { kind: 'unknown', parts, ...span }
  const modifier = node.getChild('AggregateModifier')
  if (modifier !== null && reader.isVariable(modifier)) return { kind: 'unknown', parts, ...span }
  const text = reader.text(operator).toLowerCase()
  const grouping = modifier === null ? {} : { grouping: toGrouping(modifier, reader) }
  return { kind: 'aggregate', operator: text, arguments: parts, ...grouping, ...span }
}

function toGrouping(modifier: SyntaxNode, reader: TreeReader): Grouping {
  return { keeps: modifier.getChild('By') !== null, labels: labelsIn(modifier, reader) }
}

function labelsIn(node: SyntaxNode, reader: TreeReader): readonly string[] {
  return descendants(node, 'LabelName', 'QuotedLabelName').map((label) => labelText(label, reader))
}

function labelText(node: SyntaxNode, reader: TreeReader): string {
  const text = reader.text(node)
  return node.name === 'QuotedLabelName' ? unquote(text) : text
}

function nameOf(node: SyntaxNode, kind: string, reader: TreeReader): string {
  const name = node.getChild(kind)
  return name === null ? '' : reader.text(name)
}

function toSeries(node: SyntaxNode, reader: TreeReader): Expression {
  const span = reader.span(node)
  const matchers = descendants(node, 'UnquotedLabelMatcher', 'QuotedLabelMatcher')
  const decided = matchers.filter((matcher) => !reader.isVariable(matcher))
  const identifier = node.getChild('Identifier')
  const quoted = node.getChild('LabelMatchers')?.getChild('QuotedLabelName')
  const name = identifier ?? quoted
  // A variable as metric may hold a whole expression.
  if (identifier !== null && reader.isVariable(identifier) && matchers.length === 0) {
    return { kind: 'unknown', parts: [], ...span }
  }
  return {
    kind: 'series',
    ...(name && !reader.isVariable(name) ? { metric: labelText(name, reader) } : {}),
    matchers: decided.map((matcher) => toMatcher(matcher, reader)),
    isPartial: reader.isVariable(node),
    ...span,
  }
}

const matchOperators = ['=~', '!~', '!=', '='] as const

function toMatcher(node: SyntaxNode, reader: TreeReader): TextMatcher {
  const [label, operator, value] = childrenOf(node)
  const text = operator === undefined ? '=' : reader.text(operator)
  return {
    label: label === undefined ? '' : labelText(label, reader),
    operator: matchOperators.find((known) => known === text) ?? '=',
    value: value === undefined ? '' : unquote(reader.text(value)),
  }
}

function toOperator(nodes: readonly SyntaxNode[], reader: TreeReader): Operator {
  const named = (name: string): SyntaxNode | undefined => nodes.find((node) => node.name === name)
  const [sign] = nodes
  const clause = named('MatchingModifierClause')
  const span = sign === undefined ? { from: 0, to: 0 } : reader.span(sign)
  return {
    text: sign === undefined ? '' : reader.text(sign).toLowerCase(),
    bool: named('BoolModifier') !== undefined,
    fills:
      named('FillModifier') !== undefined || (clause !== undefined && reader.isVariable(clause)),
    ...(clause === undefined ? {} : { matching: toMatching(clause, reader) }),
    ...span,
  }
}

function toMatching(clause: SyntaxNode, reader: TreeReader): Matching {
  const [labels, take] = clause.getChildren('GroupingLabels')
  const many = clause.getChild('GroupLeft')
    ? 'left'
    : clause.getChild('GroupRight')
      ? 'right'
      : undefined
  return {
    on: clause.getChild('On') !== null,
    labels: labels === undefined ? [] : labelsIn(labels, reader),
    ...(many === undefined ? {} : { many }),
    take: take === undefined ? [] : labelsIn(take, reader),
  }
}

function toNumber(text: string): number {
  const number = text.toLowerCase().replaceAll('_', '')
  if (/^[-+]?inf$/.test(number)) return number.startsWith('-') ? -Infinity : Infinity
  const sign = number.startsWith('-') ? -1 : 1
  const size = number.replace(/^[-+]/, '')
  return sign * (durationSeconds(size) ?? Number(size))
}
