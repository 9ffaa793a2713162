import type { Page, Stored, Written } from '@cirrus/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { encodeCursor } from './cursor.ts'
import { ApiError } from './errors.ts'
import { isNotModified, quoted } from './preconditions.ts'

/** Sends a document with its ETag; 304 where the client has it, 404 where there is none. */
export function sendStored(
  request: FastifyRequest,
  reply: FastifyReply,
  stored: Stored<object> | undefined,
): FastifyReply {
  if (stored === undefined) throw new ApiError('notFound', `There is no such object`)
  reply.header('etag', quoted(stored.etag))
  if (isNotModified(request, stored.etag)) return reply.code(304).send()
  return reply.send(stored.document)
}

interface Write {
  readonly written: Written<object>
  /** Kind and id of the document, as in `domain/news.demo.test`. */
  readonly resource: string
  /** Path of the document. */
  readonly location: string
}

const actions = { created: 'create', updated: 'update' } as const

/** Sends a document as it is after a write: 201 when it is new. */
export function sendWritten(
  request: FastifyRequest,
  reply: FastifyReply,
  { written, resource, location }: Write,
): FastifyReply {
  const { change, etag, document } = written
  request.outcome =
    change === 'unchanged'
      ? { ...request.outcome, branch: 'skipped', reason: 'no change', resource }
      : { ...request.outcome, branch: 'done', resource, action: actions[change] }
  reply.header('etag', quoted(etag))
  if (change === 'created') reply.code(201).header('location', location)
  return reply.send(document)
}

/** Answers a delete: 204, or 404 where there was nothing. */
export function sendDeleted(
  request: FastifyRequest,
  reply: FastifyReply,
  { resource, existed }: { readonly resource: string; readonly existed: boolean },
): FastifyReply {
  if (!existed) throw new ApiError('notFound', `There is no ${resource}`)
  request.outcome = { ...request.outcome, branch: 'done', resource, action: 'delete' }
  return reply.code(204).send()
}

/** The body of a list. */
export function toList<Document>({ items, cursor }: Page<Stored<Document>>): {
  items: Document[]
  next_cursor?: string
} {
  const next = cursor === undefined ? {} : { next_cursor: encodeCursor(cursor) }
  return { items: items.map(({ document }) => document), ...next }
}
