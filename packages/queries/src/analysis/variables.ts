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
  return /^[\w:]/.test(text) ? 'word' : 'mark'
}
