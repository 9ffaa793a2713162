const variable = String.raw`(?:\$\{[^}]*\}|\[\[\w+(?::\w+)?\]\]|\$[A-Za-z_]\w*)`

const anyVariable = new RegExp(variable)

/** A string, a comment, or a word with variables in it. */
const token = new RegExp(
  [
    String.raw`"(?:[^"\\]|\\[^])*"?`,
    String.raw`'(?:[^'\\]|\\[^])*'?`,
    '`[^`]*`?',
    String.raw`#[^\n]*`,
    `\\w*${variable}(?:\\w|${variable})*`,
    String.raw`[A-Za-z_:][\w:]*`,
    String.raw`[^]`,
  ].join('|'),
  'g',
)

/** Whether Grafana would fill something into a text; `$1` of a replacement is none. */
export function hasVariable(text: string): boolean {
  return anyVariable.test(text)
}

/** One token of a query text that may hold variables. */
export interface Token {
  readonly text: string
  readonly from: number
  readonly kind: 'variable' | 'quoted' | 'comment' | 'word' | 'space' | 'mark'
}

/** The tokens of a query text, as far as finding variables needs them. */
export function splitTokens(text: string): readonly Token[] {
  return [...text.matchAll(token)].map(({ 0: part, index }) => ({
    text: part,
    from: index,
    kind: kindOf(part),
  }))
}

function kindOf(text: string): Token['kind'] {
  if (/^["'`]/.test(text)) return 'quoted'
  if (text.startsWith('#')) return 'comment'
  if (anyVariable.test(text)) return 'variable'
  if (/^\s$/.test(text)) return 'space'
  return /^[\w:.]/.test(text) ? 'word' : 'mark'
}

/** Parsers recurse; nobody writes more operators and commas by hand, nor deeper brackets. */
const limits = { characters: 50_000, joints: 500, depth: 100 } as const

/** Whether a text chains or nests more than parsers can be trusted with. */
export function isTooComplex(text: string): boolean {
  if (text.length > limits.characters) return true
  let joints = 0
  let depth = 0
  let isSelector = false
  for (const part of splitTokens(text)) {
    if (part.text === '{' || part.text === '}') isSelector = part.text === '{'
    if (isJoint(part) && !(isSelector && /^[=~]$/.test(part.text))) joints += 1
    if (/^[([{]$/.test(part.text)) depth += 1
    if (/^[)\]}]$/.test(part.text)) depth -= 1
    if (joints > limits.joints || depth > limits.depth) return true
  }
  return false
}

function isJoint({ kind, text }: Token): boolean {
  if (kind === 'mark') return !/^[([{}\])!]$/.test(text)
  return kind === 'variable' || (kind === 'word' && /^(and|or|unless|atan2|offset)$/i.test(text))
}
