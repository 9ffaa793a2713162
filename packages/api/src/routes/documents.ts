import type { FastifyRequest } from 'fastify'
import { type TUnsafe, Type } from 'typebox'
import type { App } from '../app.ts'
import { contextOf } from '../context.ts'
import { decodeCursor } from '../cursor.ts'
import { sendDeleted, sendStored, sendWritten, toList } from '../document-replies.ts'
import type { DocumentResource } from '../document-resource.ts'
import { ApiError } from '../errors.ts'
import { expectationOf } from '../preconditions.ts'
import {
  DEFAULT_PAGE,
  PageQuery,
  ReadHeaders,
  WriteHeaders,
  bodyProblems,
  etagHeader,
  json,
  locationHeader,
  pageOf,
  problems,
} from '../schemas/shared.ts'

type Params = Readonly<Record<string, string>>

/** List, create, read, replace and delete of one kind of documents. */
export function addDocumentRoutes<Settings, Input extends Settings, Document extends object>(
  app: App,
  resource: DocumentResource<Settings, Input, Document>,
): void {
  addList(app, resource)
  addCreate(app, resource)
  addRead(app, resource)
  addReplace(app, resource)
  addDelete(app, resource)
}

function addList<S, I extends S, D extends object>(
  app: App,
  resource: DocumentResource<S, I, D>,
): void {
  const { name, key, documents, schemas } = resource
  app.get(
    `/${name}s`,
    {
      schema: {
        operationId: `list${titleOf(name)}s`,
        summary: `List ${name}s in the order of their ${key}s`,
        tags: [`${name}s`],
        querystring: PageQuery,
        response: {
          200: json('One page.', pageOf(schemas.document)),
          ...problems('badRequest', 'unauthenticated', 'storeUnavailable'),
        },
      },
    },
    async ({ query: { cursor, limit = DEFAULT_PAGE } }) =>
      toList(await documents.list(cursor === undefined ? cursor : decodeCursor(cursor), limit)),
  )
}

function addCreate<S, I extends S, D extends object>(
  app: App,
  resource: DocumentResource<S, I, D>,
): void {
  const { name, documents, schemas } = resource
  app.post(
    `/${name}s`,
    {
      schema: {
        operationId: `create${titleOf(name)}`,
        summary: `Add a ${name}`,
        tags: [`${name}s`],
        body: schemas.input,
        response: {
          201: json('Added.', schemas.document, { ...etagHeader, ...locationHeader }),
          ...problems(...bodyProblems, 'exists'),
        },
      },
    },
    async (request, reply) => {
      const input = validated(request.body, schemas.input)
      const target = aim(request, resource, resource.idOf(input) ?? '')
      const written = await documents.put(input, contextOf(request), 'absent')
      return sendWritten(request, reply, { ...target, written })
    },
  )
}

function addRead<S, I extends S, D extends object>(
  app: App,
  resource: DocumentResource<S, I, D>,
): void {
  const { name, key, documents, schemas } = resource
  app.get<{ Params: Params }>(
    `/${name}s/:${key}`,
    {
      schema: {
        operationId: `get${titleOf(name)}`,
        summary: `Read a ${name}`,
        tags: [`${name}s`],
        params: Type.Object({ [key]: schemas.id }),
        headers: ReadHeaders,
        response: {
          200: json('The object.', schemas.document, etagHeader),
          304: { description: 'The version you have is the current one.' },
          ...problems('badRequest', 'unauthenticated', 'notFound', 'storeUnavailable'),
        },
      },
    },
    async (request, reply) => {
      const { id } = aim(request, resource, request.params[key] ?? '')
      return sendStored(request, reply, await documents.get(id))
    },
  )
}

function addReplace<S, I extends S, D extends object>(
  app: App,
  resource: DocumentResource<S, I, D>,
): void {
  const { name, key, documents, schemas } = resource
  app.put<{ Params: Params }>(
    `/${name}s/:${key}`,
    {
      schema: {
        operationId: `replace${titleOf(name)}`,
        summary: `Add or replace a ${name}; the same again changes nothing`,
        tags: [`${name}s`],
        params: Type.Object({ [key]: schemas.id }),
        headers: WriteHeaders,
        body: schemas.settings,
        response: {
          200: json('Replaced, or nothing to change.', schemas.document, etagHeader),
          201: json('Added.', schemas.document, { ...etagHeader, ...locationHeader }),
          ...problems(...bodyProblems, 'preconditionFailed'),
        },
      },
    },
    async (request, reply) => {
      const target = aim(request, resource, request.params[key] ?? '')
      const settings = validated(request.body, schemas.settings)
      const given = resource.idOf(settings)
      if (given !== undefined && resource.canonicalId(given) !== target.id) {
        const detail = `must be ${target.id}, as in the path`
        const errors = [{ pointer: `/${key}`, detail }]
        throw new ApiError('invalid', `/${key} of the body ${detail}`, { errors })
      }
      const input = resource.withId(settings, target.id)
      const written = await documents.put(input, contextOf(request), expectationOf(request))
      return sendWritten(request, reply, { ...target, written })
    },
  )
}

function addDelete<S, I extends S, D extends object>(
  app: App,
  resource: DocumentResource<S, I, D>,
): void {
  const { name, key, documents, schemas } = resource
  app.delete<{ Params: Params }>(
    `/${name}s/:${key}`,
    {
      schema: {
        operationId: `delete${titleOf(name)}`,
        summary: `Remove a ${name}`,
        tags: [`${name}s`],
        params: Type.Object({ [key]: schemas.id }),
        headers: WriteHeaders,
        response: {
          204: { description: 'Removed.' },
          ...problems('badRequest', 'unauthenticated', 'notFound', 'preconditionFailed'),
          ...problems('storeUnavailable'),
        },
      },
    },
    async (request, reply) => {
      const target = aim(request, resource, request.params[key] ?? '')
      const existed = await documents.delete(target.id, contextOf(request), expectationOf(request))
      return sendDeleted(request, reply, { ...target, existed })
    },
  )
}

/** The body with the type of the schema that Fastify has already checked it against. */
function validated<T>(body: unknown, _schema: TUnsafe<T>): T {
  return body as T
}

interface Target {
  readonly id: string
  readonly resource: string
  readonly location: string
}

/** Finds out which object a request is about, and notes it for the log. */
function aim(
  request: FastifyRequest,
  { name, canonicalId }: Pick<DocumentResource<never, never, object>, 'name' | 'canonicalId'>,
  text: string,
): Target {
  const id = canonicalId(text)
  const resource = `${name}/${id}`
  request.outcome = { ...request.outcome, resource, ...(name === 'domain' ? { domain: id } : {}) }
  return { id, resource, location: `/api/v1/${name}s/${id}` }
}

function titleOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
