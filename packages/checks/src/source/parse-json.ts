import { type Place, type SourceFile, createPlaces } from './source-file.ts'
import type { Tree } from './tree.ts'

/** Nested deeper than any dashboard; beyond it a file is refused instead of overflowing the stack. */
const MAX_DEPTH = 200

/** JSON that cannot be read, and from where on. */
export class JsonError extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/**
 * Parses JSON with places; `JSON.parse` knows none, and a YAML parser takes seconds for big dashboards.
 *
 * @throws {JsonError} where the text is not JSON
 */
export function parseJson(source: SourceFile): Tree {
  return new JsonReader(source).read()
}

const blank = /[\s\u{feff}]*/uy
const scalar = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y

class JsonReader {
  readonly #text: string
  readonly #places: (offset: number) => Place
  #offset = 0

  constructor(source: SourceFile) {
    this.#text = source.text
    this.#places = createPlaces(source)
  }

  read(): Tree {
    const tree = this.#value(0)
    this.#skip(blank)
    if (this.#offset < this.#text.length) this.#fail('The end of the file')
    return tree
  }

  #value(depth: number): Tree {
    if (depth > MAX_DEPTH) {
      throw new JsonError(`It is nested more than ${MAX_DEPTH} deep`, this.#offset)
    }
    this.#skip(blank)
    const start = this.#offset
    const place = (): Place => this.#places(start)
    if (this.#take('{')) return { kind: 'map', entries: this.#entries(depth), place }
    if (this.#take('[')) return { kind: 'list', items: this.#items(depth), place }
    const raw = this.#skip(scalar)
    if (raw === '') this.#fail('A value')
    return {
      kind: 'scalar',
      value: decode(raw, start),
      place: (index = -1) => this.#places(start + rawOffset(raw, index)),
    }
  }

  #entries(depth: number): Map<string, Tree> {
    const entries = new Map<string, Tree>()
    if (this.#take('}')) return entries
    do {
      this.#skip(blank)
      const start = this.#offset
      const raw = this.#skip(scalar)
      if (!raw.startsWith('"')) this.#fail('A key in double quotes')
      if (!this.#take(':')) this.#fail('":"')
      entries.set(String(decode(raw, start)), this.#value(depth + 1))
    } while (this.#take(','))
    if (!this.#take('}')) this.#fail('"," or "}"')
    return entries
  }

  #items(depth: number): Tree[] {
    const items: Tree[] = []
    if (this.#take(']')) return items
    do items.push(this.#value(depth + 1))
    while (this.#take(','))
    if (!this.#take(']')) this.#fail('"," or "]"')
    return items
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#offset
    const match = pattern.exec(this.#text)?.[0] ?? ''
    this.#offset += match.length
    return match
  }

  #take(character: string): boolean {
    this.#skip(blank)
    if (this.#text[this.#offset] !== character) return false
    this.#offset++
    return true
  }

  #fail(wanted: string): never {
    const next = this.#text[this.#offset]
    const found = next === undefined ? 'the end of the file' : JSON.stringify(next)
    throw new JsonError(`${wanted} is expected here, not ${found}`, this.#offset)
  }
}

function decode(raw: string, offset: number): string | number | boolean | null {
  try {
    const value: unknown = JSON.parse(raw)
    if (typeof value === 'string' || typeof value === 'number') return value
    return typeof value === 'boolean' ? value : null
  } catch {
    throw new JsonError(`${raw.slice(0, 40)} is not a JSON value`, offset)
  }
}

/** Where in a quoted text the character with an index stands; escapes are longer than what they mean. */
function rawOffset(raw: string, index: number): number {
  if (index < 0 || !raw.startsWith('"')) return 0
  const step = /\\u[\da-fA-F]{4}|\\.|[^]/gy
  step.lastIndex = 1
  for (let left = index; left > 0 && step.lastIndex < raw.length; left--) step.exec(raw)
  return step.lastIndex
}
