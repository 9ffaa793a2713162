/** A word of a Go template action. */
export interface Token {
  readonly kind: 'field' | 'variable' | 'word' | 'text' | 'symbol'
  readonly value: string
  readonly index: number
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)'/y],
  ['field', /(?:\.[\p{L}_][\p{L}\p{N}_]*)+|\./uy],
  ['variable', /\$[\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy],
  ['word', /[+-]?\d[\w.+-]*|[\p{L}_][\p{L}\p{N}_]*/uy],
  ['symbol', /:=|[|()=,]/y],
]

/** Words of an action, or the index of the first character that can start none. */
export function tokenize(action: string, start: number): readonly Token[] | number {
  const tokens: Token[] = []
  let index = 0
  while (index < action.length) {
    if (/\s/.test(action[index] ?? '')) {
      index++
      continue
    }
    const token = nextToken(action, index)
    if (!token) return start + index
    tokens.push({ ...token, index: start + index })
    index += token.value.length
  }
  return tokens
}

function nextToken(action: string, index: number): Omit<Token, 'index'> | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = index
    const value = pattern.exec(action)?.[0]
    if (value) return { kind, value }
  }
  return undefined
}
