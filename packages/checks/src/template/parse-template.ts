import { templateVariables, templateWords } from './functions.ts'
import { type Token, tokenize } from './tokens.ts'

/** A label that a template names. */
export interface LabelUse {
  readonly label: string
  readonly index: number
}

export interface TemplateProblem {
  readonly index: number
  readonly what: string
}

/** What an annotation or label template names, and what is wrong with it. */
export interface ParsedTemplate {
  /** Labels of the alert; those that are only used where they exist are left out. */
  readonly labels: readonly LabelUse[]
  readonly problems: readonly TemplateProblem[]
}

interface Block {
  readonly keyword: string
  readonly index: number
  /** Labels that exist inside, because the block asks for them. */
  readonly guards: ReadonlySet<string>
}

interface State {
  readonly blocks: Block[]
  readonly variables: Set<string>
  readonly labels: LabelUse[]
  readonly problems: TemplateProblem[]
}

const openers = new Set(['if', 'range', 'with', 'define', 'block'])
const action =
  /\{\{-?(?:\s*\/\*[^]*?\*\/\s*|((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|(?!-?\}\})[^])*))-?\}\}/g

/** Parses a Go template as Prometheus would, as far as labels and mistakes are concerned. */
export function parseTemplate(text: string): ParsedTemplate {
  const state: State = {
    blocks: [],
    variables: new Set(templateVariables),
    labels: [],
    problems: [],
  }
  let end = 0
  for (const match of text.matchAll(action)) {
    end = match.index + match[0].length
    const body = match[1]
    if (body !== undefined) readAction(state, body, match.index + match[0].indexOf(body, 2))
  }
  const open = text.indexOf('{{', end)
  if (open >= 0) state.problems.push({ index: open, what: '"{{" is never closed by "}}"' })
  const [unclosed] = state.blocks
  if (unclosed) {
    state.problems.push({ index: unclosed.index, what: `"${unclosed.keyword}" has no "{{ end }}"` })
  }
  return { labels: state.labels, problems: state.problems }
}

function readAction(state: State, body: string, start: number): void {
  const tokens = tokenize(body, start)
  if (typeof tokens === 'number') {
    state.problems.push({ index: tokens, what: `"${body.trim()}" is not a template action` })
    return
  }
  const [first] = tokens
  if (!first) {
    state.problems.push({ index: start, what: 'This action is empty' })
    return
  }
  const uses = labelUses(tokens, state.blocks)
  const guards = new Set(
    first.value === 'if' || first.value === 'with' ? uses.map(({ label }) => label) : [],
  )
  if (guards.size === 0) state.labels.push(...uses.filter(({ label }) => !isGuarded(label, state)))
  checkWords(tokens, state)
  follow(state, first, guards)
}

function isGuarded(label: string, { blocks }: State): boolean {
  return blocks.some(({ guards }) => guards.has(label))
}

function follow({ blocks, problems }: State, first: Token, guards: ReadonlySet<string>): void {
  if (first.kind !== 'word') return
  if (openers.has(first.value)) blocks.push({ keyword: first.value, index: first.index, guards })
  if (first.value === 'else' && blocks.length === 0) {
    problems.push({ index: first.index, what: '"else" belongs to no block' })
  }
  if (first.value === 'end' && !blocks.pop()) {
    problems.push({ index: first.index, what: '"end" ends no block' })
  }
}

function checkWords(tokens: readonly Token[], { variables, problems }: State): void {
  tokens.forEach(({ kind, value, index }, position) => {
    const next = tokens[position + 1]
    const name = value.split('.')[0] ?? ''
    if (kind === 'variable' && (next?.value === ':=' || next?.value === ',')) variables.add(name)
    else if (kind === 'variable' && !variables.has(name)) {
      problems.push({ index, what: `The variable ${name} does not exist` })
    }
    const isFunction = kind === 'word' && !/^[+-]?\d/.test(value)
    if (isFunction && !templateWords.has(value)) {
      problems.push({ index, what: `The function ${value} does not exist` })
    }
  })
}

/** `$labels.x`, `.Labels.x` where the dot is still the alert, and `index $labels "x"`. */
function labelUses(tokens: readonly Token[], blocks: readonly Block[]): readonly LabelUse[] {
  const isDotAlert = !blocks.some(({ keyword }) => keyword !== 'if')
  return tokens.flatMap(({ kind, value, index }, position) => {
    const [head, label] = kind === 'variable' || kind === 'field' ? split(value) : []
    const isLabels = head === '$labels' || head === '$.Labels' || (head === '.Labels' && isDotAlert)
    if (!isLabels) return []
    if (label) return [{ label, index }]
    const key = tokens[position + 1]
    const isIndexed = tokens[position - 1]?.value === 'index' && key?.kind === 'text'
    return isIndexed ? [{ label: key.value.slice(1, -1), index }] : []
  })
}

function split(value: string): readonly [string, string | undefined] {
  const match = /^(\$labels|\$\.Labels|\.Labels)(?:\.(\w+))?$/.exec(value)
  return match ? [match[1] ?? '', match[2]] : ['', undefined]
}
