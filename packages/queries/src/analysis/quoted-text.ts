const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** The content of a string literal of PromQL or LogQL. */
export function unquote(literal: string): string {
  const quote = literal[0] ?? ''
  const inner =
    literal.endsWith(quote) && literal.length > 1 ? literal.slice(1, -1) : literal.slice(1)
  if (quote === '`') return inner
  return inner.replace(/\\([^])/g, (_, escaped: string) => escapes[escaped] ?? escaped)
}
