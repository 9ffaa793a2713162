import { createHash } from 'node:crypto'

/** A document and the strong validator of its text. */
export interface Stored<Document> {
  readonly document: Document
  readonly etag: string
}

/** What a write left behind. */
export interface Written<Document> extends Stored<Document> {
  readonly change: 'created' | 'updated' | 'unchanged'
}

/** Some items in order; `cursor` is given while more follow. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly cursor?: string
}

/** The ETag of a document's text, without quotes. */
export function etagOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Reads a text that this package wrote, so its shape is known. */
export function toStored<Document>(text: string): Stored<Document> {
  return { document: JSON.parse(text) as Document, etag: etagOf(text) }
}
