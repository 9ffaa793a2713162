import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { type DocumentKind, type Timestamps, decideDelete, decidePut } from './document-kind.ts'
import { createDocumentWriter } from './document-writer.ts'
import type { Expectation } from './expectation.ts'
import { type Page, type Stored, type Written, toStored } from './stored.ts'
import type { ChangeContext, Sources } from './traces.ts'

/** Documents of one kind. Every method may throw {@link StoreUnavailableError}. */
export interface Documents<Input, Document> {
  get(id: string): Promise<Stored<Document> | undefined>
  /** Documents in the order of their ids, after `cursor`. */
  list(cursor: string | undefined, limit: number): Promise<Page<Stored<Document>>>
  /**
   * Creates or replaces; the same content again changes nothing.
   *
   * @throws {ConflictError} when the document is not as expected
   */
  put(input: Input, context: ChangeContext, expected?: Expectation): Promise<Written<Document>>
  /**
   * Removes; `false` when there was nothing.
   *
   * @throws {ConflictError} when the document is not as expected
   */
  delete(id: string, context: ChangeContext, expected?: Expectation): Promise<boolean>
}

type DocumentRedis = Pick<Redis, 'get' | 'mget' | 'zrangebylex' | 'cirrusCommit'>

export function createDocuments<Input, Content extends object>(
  redis: DocumentRedis,
  kind: DocumentKind<Input, Content>,
  sources: Sources,
): Documents<Input, Content & Timestamps> {
  type Document = Content & Timestamps
  const write = createDocumentWriter(redis, kind)
  return {
    async get(id) {
      const text = await answered(redis.get(kind.keyOf(id)))
      return text === null ? undefined : toStored<Document>(text)
    },
    async list(cursor, limit) {
      const ids = await readIndex(redis, kind.index, { cursor, limit: limit + 1 })
      const page = ids.slice(0, limit)
      const texts = page.length === 0 ? [] : await answered(redis.mget(page.map(kind.keyOf)))
      const items = texts.flatMap((text) => (text === null ? [] : [toStored<Document>(text)]))
      return { items, ...cursorOf(page, ids.length > limit) }
    },
    async put(input, context, expected) {
      const content = kind.complete(input)
      return write(kind.idOf(content), expected, (text) =>
        decidePut(kind, { content, text, context, sources }),
      )
    },
    delete: (id, context, expected) =>
      write(id, expected, (text) => decideDelete(kind, { id, text, context, sources })),
  }
}

/** Ids of an index after `cursor`, in lexicographic order. */
export async function readIndex(
  redis: Pick<Redis, 'zrangebylex'>,
  index: string,
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): Promise<readonly string[]> {
  const start = cursor === undefined ? '-' : `(${cursor}`
  return answered(redis.zrangebylex(index, start, '+', 'LIMIT', 0, limit))
}

/** The cursor of a page of ids, where more follow. */
export function cursorOf(page: readonly string[], hasMore: boolean): { readonly cursor?: string } {
  const last = page.at(-1)
  return hasMore && last !== undefined ? { cursor: last } : {}
}
