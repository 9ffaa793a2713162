import type { Command } from './commit.ts'
import { type Stored, type Written, toStored } from './stored.ts'
import { type ChangeContext, type Sources, traceChange } from './traces.ts'

export interface Timestamps {
  readonly created_at: string
  readonly updated_at: string
}

/** What differs between the kinds of documents. */
export interface DocumentKind<Input, Content extends object> {
  readonly name: 'domain' | 'node'
  readonly index: string
  keyOf(id: string): string
  idOf(content: Content): string
  /** Fills defaults and brings the content into its one canonical form. */
  complete(input: Input): Content
  /** Removes what makes no sense without the document. */
  removeDependants(id: string): readonly Command[]
}

/** What a write comes to: its result, and the commands that make it so; none where nothing changes. */
export interface Decision<Result> {
  readonly result: Result
  readonly commands?: readonly Command[]
}

interface Write {
  /** The document's text now; undefined where there is none. */
  readonly text: string | undefined
  readonly context: ChangeContext
  readonly sources: Sources
}

export function decidePut<Content extends object>(
  kind: DocumentKind<never, Content>,
  { content, text, context, sources }: Write & { readonly content: Content },
): Decision<Written<Content & Timestamps>> {
  type Document = Content & Timestamps
  const before: Stored<Document> | undefined = text === undefined ? undefined : toStored(text)
  if (before !== undefined && text === stamp(content, before.document)) {
    return { result: { change: 'unchanged', ...before } }
  }
  const id = kind.idOf(content)
  const updated_at = sources.clock().toISOString()
  const next = stamp(content, { created_at: before?.document.created_at ?? updated_at, updated_at })
  const after = toStored<Document>(next)
  const change = before === undefined ? 'created' : 'updated'
  return {
    result: { change, ...after },
    commands: [
      ...traceChange(
        {
          resource: `${kind.name}/${id}`,
          action: before === undefined ? 'create' : 'update',
          event: `${kind.name}.${change}`,
          before: before?.document,
          after: after.document,
          context,
        },
        sources,
      ),
      ['ZADD', kind.index, '0', id],
      ['SET', kind.keyOf(id), next],
    ],
  }
}

export function decideDelete<Content extends object>(
  kind: DocumentKind<never, Content>,
  { id, text, context, sources }: Write & { readonly id: string },
): Decision<boolean> {
  if (text === undefined) return { result: false }
  return {
    result: true,
    commands: [
      ...traceChange(
        {
          resource: `${kind.name}/${id}`,
          action: 'delete',
          event: `${kind.name}.deleted`,
          before: toStored<Content & Timestamps>(text).document,
          context,
        },
        sources,
      ),
      ...kind.removeDependants(id),
      ['ZREM', kind.index, id],
      ['DEL', kind.keyOf(id)],
    ],
  }
}

function stamp(content: object, { created_at, updated_at }: Timestamps): string {
  return JSON.stringify({ ...content, created_at, updated_at })
}
