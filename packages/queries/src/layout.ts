/** Text that breaks over lines only where it does not fit: a word, brackets, or operands. */
export type Doc =
  | string
  | { readonly open: string; readonly items: readonly Doc[]; readonly close: string }
  | { readonly left: Doc; readonly operator: string; readonly right: Doc }

const WIDTH = 96

/** Lays a document out, on one line if it fits after `used` characters. */
export function layout(doc: Doc, indent = '', used = indent.length): string {
  const flat = flatten(doc)
  if (typeof doc === 'string' || used + flat.length <= WIDTH) return flat
  if ('operator' in doc) {
    const start = `${indent}${doc.operator} `
    return `${layout(doc.left, indent)}\n${start}${layout(doc.right, indent, start.length)}`
  }
  const inner = `${indent}  `
  const items = doc.items.map((item) => inner + layout(item, inner))
  return `${doc.open}\n${items.join(',\n')}\n${indent}${doc.close}`
}

function flatten(doc: Doc): string {
  if (typeof doc === 'string') return doc
  if ('operator' in doc) return `${flatten(doc.left)} ${doc.operator} ${flatten(doc.right)}`
  return `${doc.open}${doc.items.map(flatten).join(', ')}${doc.close}`
}
