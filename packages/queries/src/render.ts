import { formatDuration } from './duration.ts'
import { type Doc, layout } from './layout.ts'
import type { Lines } from './lines.ts'
import type { Matcher } from './matcher.ts'
import type {
  AggregateNode,
  BinaryNode,
  LinesNode,
  QueryNode,
  SeriesNode,
  WindowNode,
} from './node.ts'
import type { Language, Vector } from './vector.ts'

/** What a query does not say itself: it depends on where it is used. */
export interface RenderContext {
  /** Text of a window's length. */
  readonly windows: Readonly<Record<Language, string>>
  /** Grafana variable by label: each selector that has the label is filtered by it. */
  readonly filters: Readonly<Record<string, string>>
  /** Text of a length that the query itself asks for; as asked where absent. */
  readonly fixedWindow?: (seconds: number) => string
}

/** A query as PromQL or LogQL text. */
export function render(query: Vector | Lines, context: RenderContext): string {
  return layout(toDoc(query.node, context))
}

function toDoc(node: QueryNode, context: RenderContext): Doc {
  switch (node.kind) {
    case 'number':
      return String(node.value)
    case 'choice':
      return `$${node.variable}`
    case 'series':
      return seriesText(node, context)
    case 'lines':
      return linesText(node, context)
    case 'window':
      return windowText(node, context)
    case 'call': {
      const items = node.arguments.map((argument) => toDoc(argument, context))
      return { open: `${node.function}(`, items, close: ')' }
    }
    case 'aggregate':
      return aggregateDoc(node, context)
    case 'binary':
      return binaryDoc(node, context)
  }
}

function windowText({ of, seconds }: WindowNode, context: RenderContext): string {
  const { fixedWindow = formatDuration, windows } = context
  if (of.kind === 'lines') return `${linesText(of, context)} [${windows.logql}]`
  const length = seconds === undefined ? windows.promql : fixedWindow(seconds)
  return `${seriesText(of, context)}[${length}]`
}

function aggregateDoc(node: AggregateNode, context: RenderContext): Doc {
  const by = node.by.length > 0 ? ` by (${node.by.join(', ')}) ` : ''
  const parameter = node.parameter === undefined ? [] : [String(node.parameter)]
  const items = [...parameter, toDoc(node.argument, context)]
  return { open: `${node.operator}${by}(`, items, close: ')' }
}

function binaryDoc(node: BinaryNode, context: RenderContext): Doc {
  const on = node.on ? ` on (${node.on.join(', ')})` : ''
  const take = node.take ? ` group_left (${node.take.join(', ')})` : ''
  return {
    left: operandDoc(node.left, context),
    operator: `${node.operator}${on}${take}`,
    right: operandDoc(node.right, context),
  }
}

/** Nested operations always get brackets, so nobody needs to know precedences. */
function operandDoc(node: QueryNode, context: RenderContext): Doc {
  const doc = toDoc(node, context)
  return node.kind === 'binary' ? { open: '(', items: [doc], close: ')' } : doc
}

function seriesText(node: SeriesNode, context: RenderContext): string {
  const matchers = withFilters(node, context)
  return matchers.length > 0 ? `${node.metric}{${matchers.join(', ')}}` : node.metric
}

function linesText(node: LinesNode, context: RenderContext): string {
  const filters = node.filters.map((filter) => ` | ${matcherText(filter, ' ')}`)
  const renames = node.renames.map(({ from, to }) => ` | label_format ${to}=${from}`)
  const contains = node.contains.map((pattern) => ` |~ ${quote(pattern)}`)
  const selector = `{${withFilters(node, context).join(', ')}}`
  return [selector, ...contains, ...filters, ...renames].join('')
}

function withFilters(node: SeriesNode | LinesNode, { filters }: RenderContext): readonly string[] {
  const added = node.labels
    .flatMap((label) => (label in filters ? [[label, filters[label]] as const] : []))
    .map(([label, variable]) => `${label}=~"$${variable}"`)
  return [...node.matchers.map((matcher) => matcherText(matcher, '')), ...added]
}

function matcherText({ label, operator, value }: Matcher, space: string): string {
  const text = typeof value === 'number' ? String(value) : quote(value)
  return `${label}${space}${operator}${space}${text}`
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`
}
