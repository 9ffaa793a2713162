import { type Static, type TSchema, type TSchemaOptions, type TUnsafe, Type } from 'typebox'
import { PROBLEM_TYPE } from '../problems.ts'
import { type ProblemName, problemKinds } from '../errors.ts'

/** A shared schema by reference, so that documents show it once, under its name. */
export function ref<T extends TSchema & { readonly $id: string }>(schema: T): TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })
}

export function named<const Id extends string, T extends TSchema>(
  id: Id,
  schema: T,
): T & { readonly $id: Id } {
  return { ...schema, $id: id }
}

/** A string out of a closed set. */
export function oneOf<const Value extends string>(
  values: readonly Value[],
  options: TSchemaOptions = {},
): TUnsafe<Value> {
  return Type.Unsafe<Value>({ type: 'string', enum: [...new Set(values)], ...options })
}

export const timestamps = {
  created_at: Type.String({ format: 'date-time', description: 'When it was created.' }),
  updated_at: Type.String({ format: 'date-time', description: 'When it last changed.' }),
}

export const ProblemSchema = named(
  'Problem',
  Type.Object(
    {
      type: Type.String({ format: 'uri-reference' }),
      title: Type.String({ description: 'Same for every problem of this code.' }),
      status: Type.Integer(),
      detail: Type.String({ description: 'What is wrong in this request.' }),
      code: oneOf(
        Object.values(problemKinds).map(({ code }) => code),
        {
          description: 'Stable: branch on this.',
        },
      ),
      request_id: Type.String({ description: 'Finds the log lines and the audit record.' }),
      errors: Type.Optional(
        Type.Array(
          Type.Object({
            pointer: Type.String({ description: 'JSON Pointer to the field or parameter.' }),
            detail: Type.String(),
          }),
        ),
      ),
    },
    {
      description: 'Why a request was refused (RFC 9457).',
      examples: [
        {
          type: 'about:blank',
          title: 'Body is not valid',
          status: 422,
          detail: '/origins/0/port of the body must be <= 65535',
          code: 'CIRRUS_BODY_INVALID',
          request_id: '6f1c7a54-0d0e-4a52-9f8e-3f4f2f6f0a11',
          errors: [{ pointer: '/origins/0/port', detail: 'must be <= 65535' }],
        },
      ],
    },
  ),
)

/** Documented refusals of one operation, by status; any operation may fail inside. */
export function problems(...names: readonly ProblemName[]): Readonly<Record<number, object>> {
  return Object.fromEntries(
    [...names, 'internal' as const].map((name) => {
      const { status, title } = problemKinds[name]
      const content = { [PROBLEM_TYPE]: { schema: ref(ProblemSchema) } }
      return [status, { description: title, content }]
    }),
  )
}

/** How every operation with a body may refuse. */
export const bodyProblems = [
  'unreadable',
  'unauthenticated',
  'tooLarge',
  'unsupportedMedia',
  'invalid',
  'storeUnavailable',
] as const

/** A response with a JSON body. */
export function json(description: string, schema: TSchema, headers: object = {}): object {
  return { description, headers, content: { 'application/json': { schema } } }
}

export const etagHeader = { ETag: { type: 'string', description: 'Version of the object.' } }
export const locationHeader = { Location: { type: 'string', description: 'Path of the object.' } }

/** Conditions of a write. */
export const WriteHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'Write only this version (its ETag), or any that exists (*).' }),
  ),
  'if-none-match': Type.Optional(
    Type.String({ description: '`*`: write only what is not there.' }),
  ),
})

export const ReadHeaders = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'ETag of the version you have.' })),
})

const MAX_PAGE = 1000

export const PageQuery = Type.Object(
  {
    cursor: Type.Optional(
      Type.String({ maxLength: 400, description: '`next_cursor` of the page before.' }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_PAGE, default: 100, description: 'Items wanted.' }),
    ),
  },
  { additionalProperties: false },
)

export const DEFAULT_PAGE = 100

/** One page of a list. */
export function pageOf(item: TSchema): TSchema {
  return Type.Object({
    items: Type.Array(item),
    next_cursor: Type.Optional(Type.String({ description: 'Given while more follow.' })),
  })
}
