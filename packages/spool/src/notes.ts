/** Changes of a small table of facts: a new value, or `undefined` to forget the key. */
export type Notes = ReadonlyMap<string, string | undefined>

/** Makes the changes in the table. */
export function applyNotes(table: Map<string, string>, notes: Notes): void {
  for (const [key, value] of notes) {
    if (value === undefined) table.delete(key)
    else table.set(key, value)
  }
}

export function encodeNotes(notes: Notes): string {
  return JSON.stringify(
    [...notes].map(([key, value]) => (value === undefined ? [key] : [key, value])),
  )
}

/** Reads what {@link encodeNotes} wrote. */
export function decodeNotes(text: string): Notes {
  const pairs: unknown = JSON.parse(text)
  const notes = new Map<string, string | undefined>()
  for (const pair of Array.isArray(pairs) ? pairs : []) {
    const [key, value]: unknown[] = Array.isArray(pair) ? pair : []
    if (typeof key === 'string') notes.set(key, typeof value === 'string' ? value : undefined)
  }
  return notes
}
