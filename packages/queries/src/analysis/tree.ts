import type { SyntaxNode, Tree } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import type { Span } from './expression.ts'
import type { Unread } from './parsed-query.ts'
import type { Substitution } from './substitute.ts'

/** Reads a syntax tree together with the text it was made of. */
export interface TreeReader {
  readonly text: (node: SyntaxNode) => string
  /** Where a node is in the text as it was given. */
  readonly span: (node: SyntaxNode) => Span
  /** Whether a node holds a variable. */
  readonly isVariable: (node: SyntaxNode) => boolean
  /** Whether it holds one that may be more than a number. */
  readonly isOpen: (node: SyntaxNode) => boolean
}

/** The tree of a text, unless it is no query or cannot be told. */
export function readTree(
  parser: LRParser,
  substitution: Substitution,
): Unread | { readonly top: SyntaxNode; readonly reader: TreeReader } {
  const { text, original, hasOpen } = substitution
  const tree = parser.parse(text)
  const error = firstError(tree)
  if (error !== undefined) return hasOpen ? { undecided: true } : { error: original(error) }
  return { top: tree.topNode, reader: createReader(substitution) }
}

function createReader({ text, original, isVariable, isOpen }: Substitution): TreeReader {
  return {
    text: ({ from, to }) => text.slice(from, to),
    span: ({ from, to }) => original({ from, to }),
    isVariable: ({ from, to }) => isVariable({ from, to }),
    isOpen: ({ from, to }) => isOpen({ from, to }),
  }
}

/** The children of a node, comments left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child)
  }
  return children
}

/** All nodes of a name at or under a node, in the order of the text. */
export function descendants(node: SyntaxNode, ...names: readonly string[]): readonly SyntaxNode[] {
  if (names.includes(node.name)) return [node]
  return childrenOf(node).flatMap((child) => descendants(child, ...names))
}

/** Where a grammar stopped understanding. */
function firstError(tree: Tree): Span | undefined {
  let found: Span | undefined
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) found ??= { from, to }
      return found === undefined
    },
  })
  return found
}
