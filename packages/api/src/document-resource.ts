import type { Documents } from '@cirrus/store'
import type { TSchema, TUnsafe } from 'typebox'

/** A kind of documents as the API shows it; the routes are the same for every kind. */
export interface DocumentResource<Settings, Input extends Settings, Document extends object> {
  /** In the singular, as in `domain`. */
  readonly name: 'domain' | 'node'
  /** The field that identifies a document. */
  readonly key: 'name' | 'id'
  readonly documents: Documents<Input, Document>
  readonly schemas: {
    readonly id: TSchema
    /** Body of POST. */
    readonly input: TUnsafe<Input>
    /** Body of PUT, where the id may be left to the path. */
    readonly settings: TUnsafe<Settings>
    readonly document: TUnsafe<Document>
  }
  idOf(settings: Settings): string | undefined
  withId(settings: Settings, id: string): Input
  /** The one form of an id that its schema let through. */
  canonicalId(id: string): string
}
