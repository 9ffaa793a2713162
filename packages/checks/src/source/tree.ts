import type { Place } from './source-file.ts'

/** A parsed YAML or JSON document that still knows where each part stands. */
export type Tree = MapTree | ListTree | ScalarTree

interface Part {
  /** Where it stands; for a text, where one of its characters stands. */
  readonly place: (index?: number) => Place
}

export interface MapTree extends Part {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Tree>
}

export interface ListTree extends Part {
  readonly kind: 'list'
  readonly items: readonly Tree[]
}

export interface ScalarTree extends Part {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
}

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T
  readonly place: (index?: number) => Place
}

/** What a path of keys leads to. */
export function at(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let inner = tree
  for (const key of keys) inner = inner?.kind === 'map' ? inner.entries.get(key) : undefined
  return inner
}

/** The items of a list; none where it is something else. */
export function itemsAt(tree: Tree | undefined, ...keys: readonly string[]): readonly Tree[] {
  const list = at(tree, ...keys)
  return list?.kind === 'list' ? list.items : []
}

/** The text at a path; numbers and truth values as they are written in YAML. */
export function textAt(
  tree: Tree | undefined,
  ...keys: readonly string[]
): Located<string> | undefined {
  const scalar = at(tree, ...keys)
  if (scalar?.kind !== 'scalar' || scalar.value === null) return undefined
  return { value: String(scalar.value), place: scalar.place }
}

/** The number at a path. */
export function numberAt(
  tree: Tree | undefined,
  ...keys: readonly string[]
): Located<number> | undefined {
  const scalar = at(tree, ...keys)
  if (scalar?.kind !== 'scalar' || typeof scalar.value !== 'number') return undefined
  return { value: scalar.value, place: scalar.place }
}

/** Texts of a map by key. */
export function textsOf(tree: Tree | undefined): ReadonlyMap<string, Located<string>> {
  const texts = new Map<string, Located<string>>()
  if (tree?.kind !== 'map') return texts
  for (const [key, value] of tree.entries) {
    const text = textAt(value)
    if (text) texts.set(key, text)
  }
  return texts
}
