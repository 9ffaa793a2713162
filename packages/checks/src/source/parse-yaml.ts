import {
  type Document,
  type Node,
  type Pair,
  type Scalar,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
} from 'yaml'
import { type Place, type SourceFile, createPlaces } from './source-file.ts'
import type { Tree } from './tree.ts'

/** What a YAML file holds, and what is wrong with it. */
export interface ParsedYaml {
  readonly documents: readonly Tree[]
  readonly problems: readonly { readonly message: string; readonly place: Place }[]
}

/** Parses all documents of a YAML file with places. */
export function parseYaml(source: SourceFile): ParsedYaml {
  const places = createPlaces(source)
  const parsed = parseAllDocuments(source.text, { prettyErrors: false, logLevel: 'silent' })
  const documents: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : []
  const problems = documents.flatMap(({ errors }) =>
    errors.map(({ message, pos }) => ({
      message: message.split('\n')[0] ?? '',
      place: places(pos[0]),
    })),
  )
  const trees = documents.flatMap((document) => {
    const toTree = createConverter({ document, text: source.text, places })
    return toTree(document.contents) ?? []
  })
  return { documents: trees, problems }
}

interface Origin {
  readonly document: Document.Parsed
  readonly text: string
  readonly places: (offset: number) => Place
}

/** Each node is converted once: aliases can neither lead in circles nor multiply the work. */
function createConverter({ document, text, places }: Origin): (node: unknown) => Tree | undefined {
  const converted = new Map<unknown, Tree | undefined>()

  function toTree(node: unknown): Tree | undefined {
    if (converted.has(node)) return converted.get(node)
    converted.set(node, undefined)
    const tree = isAlias(node) ? toTree(node.resolve(document)) : convert(node)
    converted.set(node, tree)
    return tree
  }

  function convert(node: unknown): Tree | undefined {
    if (isMap(node)) {
      return { kind: 'map', entries: toEntries(node.items), place: () => places(startOf(node)) }
    }
    if (isSeq(node)) {
      const items = node.items.flatMap((item) => toTree(item) ?? [])
      return { kind: 'list', items, place: () => places(startOf(node)) }
    }
    if (!isScalar(node)) return undefined
    const place = (index = -1): Place => places(startOf(node) + offsetIn(text, node, index))
    return { kind: 'scalar', value: scalarOf(node), place }
  }

  function toEntries(pairs: readonly Pair[]): Map<string, Tree> {
    const own = new Map<string, Tree>()
    const merged = new Map<string, Tree>()
    for (const { key, value } of pairs) {
      const inner = toTree(value)
      const name = isScalar(key) ? String(key.value) : ''
      if (name === '<<' && inner?.kind === 'map') {
        for (const [shared, tree] of inner.entries) merged.set(shared, tree)
      } else if (inner) own.set(name, inner)
    }
    return new Map([...merged, ...own])
  }

  return toTree
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0
}

function scalarOf({ value, source }: Scalar): string | number | boolean | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  return typeof value === 'string' ? value : (source ?? null)
}

/** How far from its start in the file a character of a text stands; its start, where that is not simple. */
function offsetIn(text: string, node: Scalar, index: number): number {
  const [start, end] = node.range ?? [0, 0]
  if (index < 0 || typeof node.value !== 'string') return 0
  if (node.type === 'BLOCK_LITERAL') return offsetInBlock(text.slice(start, end), node.value, index)
  const raw = text.slice(start, end)
  const opening = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0
  const isVerbatim = raw.slice(opening, opening + index) === node.value.slice(0, index)
  return isVerbatim ? opening + index : 0
}

function offsetInBlock(raw: string, value: string, index: number): number {
  const before = value.slice(0, index).split('\n')
  const lines = raw.split('\n')
  const line = lines[before.length] ?? ''
  const written = value.split('\n')[before.length - 1] ?? ''
  const indent = line.trimEnd().length - written.trimEnd().length
  const above = lines.slice(0, before.length).reduce((sum, { length }) => sum + length + 1, 0)
  return above + Math.max(0, indent) + (before.at(-1)?.length ?? 0)
}
