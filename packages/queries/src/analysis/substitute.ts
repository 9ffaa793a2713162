import type { Span } from './expression.ts'
import { type Token, splitTokens } from './variables.ts'

/** A query text in which parsers find nothing of Grafana. */
export interface Substitution {
  readonly text: string
  /** The part of the original text that a part of `text` stands for. */
  readonly original: (span: Span) => Span
  /** Whether a part of `text` stands for a variable, or holds one. */
  readonly isVariable: (span: Span) => boolean
  /** Whether a part of `text` stands for a variable that may be more than a number. */
  readonly isOpen: (span: Span) => boolean
  /** Whether there is such a variable anywhere. */
  readonly hasOpen: boolean
}

interface Replacement {
  readonly text: string
  /** Whether it only spells otherwise what is meant. */
  readonly isSpelling: boolean
  /** Whether more than a number may be meant. */
  readonly isOpen: boolean
}

type Replaced = Replacement & { readonly token: Token }

interface Segment extends Span {
  readonly original: Span
  readonly isVariable: boolean
  readonly isOpen: boolean
}

interface Place {
  readonly language: 'promql' | 'logql'
  readonly before: readonly Token[]
  readonly after: readonly Token[]
  /** Brackets that are open, outermost first. */
  readonly open: string
}

/** Odd, so that no query means it: about 103 days. */
const DURATION_MS = 8_869_990_787

/** Variables of Grafana that hold a number or a duration, as `$__interval_ms` and `${__range_s}`. */
const numberVariable = /^\W+__(interval|range|rate_interval|auto|from|to)(_m?s)?\b[^_]*$/

/** Puts what a parser understands in place of variables, and remembers where. */
export function substitute(language: 'promql' | 'logql', original: string): Substitution {
  const tokens = splitTokens(original)
  const replacements = tokens.flatMap((token, index) => {
    const replacement = replace(language, tokens, index)
    return replacement === undefined ? [] : [{ token, ...replacement }]
  })
  const { text, segments } = join(original, replacements)
  return {
    text,
    original: ({ from, to }) => ({
      from: originalPosition(segments, from, 'from'),
      to: originalPosition(segments, to, 'to'),
    }),
    isVariable: (span) => segments.some((segment) => segment.isVariable && overlaps(segment, span)),
    isOpen: (span) => segments.some((segment) => segment.isOpen && overlaps(segment, span)),
    hasOpen: segments.some(({ isOpen }) => isOpen),
  }
}

function overlaps(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to
}

function join(
  original: string,
  replacements: readonly Replaced[],
): { text: string; segments: readonly Segment[] } {
  const segments: Segment[] = []
  let text = ''
  let done = 0
  for (const { token, text: inserted, isSpelling, isOpen } of replacements) {
    text += original.slice(done, token.from)
    done = token.from + token.text.length
    segments.push({
      from: text.length,
      to: text.length + inserted.length,
      original: { from: token.from, to: done },
      isVariable: !isSpelling,
      isOpen,
    })
    text += inserted
  }
  return { text: text + original.slice(done), segments }
}

function originalPosition(
  segments: readonly Segment[],
  position: number,
  side: 'from' | 'to',
): number {
  const last = segments.findLast(
    ({ from }) => from < position || (side === 'from' && from === position),
  )
  if (last === undefined) return position
  if (position < last.to) return last.original[side]
  return last.original.to + position - last.to
}

function replace(
  language: 'promql' | 'logql',
  tokens: readonly Token[],
  index: number,
): Replacement | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  if (token.kind !== 'variable') return language === 'promql' ? respell(tokens, index) : undefined
  const before = tokens.slice(0, index).filter(isCode)
  const after = tokens.slice(index + 1).filter(isCode)
  const place = { language, before, after, open: openBrackets(before) }
  return { ...placeholder(token.text, place), isSpelling: false }
}

/** What Prometheus understands and the grammar does not. */
function respell(tokens: readonly Token[], index: number): Replacement | undefined {
  const [previous, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (token?.text === 'holt_winters') {
    return { text: 'double_exponential_smoothing', isSpelling: true, isOpen: false }
  }
  const isNewFunction = token?.text === 'min_of' || token?.text === 'max_of'
  if (isNewFunction && next?.text === '(' && !openBrackets(tokens.slice(0, index)).includes('[')) {
    return { text: 'group', isSpelling: false, isOpen: true }
  }
  const isPoint = token?.text === '.' && isDigit(previous) && !isDigit(next)
  return isPoint ? { text: ' ', isSpelling: true, isOpen: false } : undefined
}

function isDigit(token: Token | undefined): boolean {
  return token !== undefined && /^\d$/.test(token.text)
}

function isCode({ kind }: Token): boolean {
  return kind !== 'space' && kind !== 'comment'
}

function openBrackets(tokens: readonly Token[]): string {
  let open = ''
  for (const { text } of tokens) {
    if (/^[([{]$/.test(text)) open += text
    if (/^[)\]}]$/.test(text)) open = open.slice(0, -1)
  }
  return open
}

function placeholder(text: string, place: Place): Omit<Replacement, 'isSpelling'> {
  const { language, before, after, open } = place
  // Its place makes it unique, so that no two labels become one.
  const name = `variable__${before.length}`
  const previous = before.at(-1)?.text ?? ''
  const next = after[0]?.text ?? ''
  if (open.endsWith('[') || isOffset(before)) return { text: `${DURATION_MS}ms`, isOpen: false }
  if (numberVariable.test(text)) return { text: String(DURATION_MS), isOpen: false }
  if (open.endsWith('{')) return { text: inSelector(name, previous, next), isOpen: true }
  if (language === 'promql') {
    const isCalled = next === '(' || next === 'by' || next === 'without'
    // Of all that can be called, `group` takes any arguments and modifiers.
    return { text: isCalled && !isGroupingOf(previous) ? 'group' : name, isOpen: true }
  }
  return { text: takesNumber(before) ? String(DURATION_MS) : name, isOpen: true }
}

function isOffset(before: readonly Token[]): boolean {
  const [last, one] = [before.at(-1)?.text, before.at(-2)?.text]
  return last === 'offset' || (last === '-' && one === 'offset')
}

function inSelector(name: string, previous: string, next: string): string {
  if (previous === '=' || previous === '~') return `"${name}"`
  return next === '=' || next === '!' ? name : `${name}="${name}"`
}

/** Whether a word wants a list of labels after it. */
function isGroupingOf(previous: string): boolean {
  return ['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'].includes(previous)
}

/** Whether LogQL wants a number where these tokens end. */
function takesNumber(before: readonly Token[]): boolean {
  const [previous = '', name = ''] = [before.at(-1)?.text, before.at(-2)?.text]
  if (previous === '(') return /^(topk|bottomk|approx_topk|quantile_over_time|vector)$/.test(name)
  return /^[-+*/%^<>=]$/.test(previous)
}
