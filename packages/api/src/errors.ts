import { CirrusError } from '@cirrus/errors'

interface ProblemKind {
  readonly status: number
  readonly code: CirrusError['code']
  readonly title: string
}

/** Every way the API refuses a request: status, stable code and title of the problem. */
export const problemKinds = {
  unreadable: { status: 400, code: 'CIRRUS_BODY_UNREADABLE', title: 'Body cannot be read' },
  badRequest: { status: 400, code: 'CIRRUS_REQUEST_INVALID', title: 'Request is not valid' },
  unauthenticated: {
    status: 401,
    code: 'CIRRUS_UNAUTHENTICATED',
    title: 'Valid bearer token needed',
  },
  notFound: { status: 404, code: 'CIRRUS_NOT_FOUND', title: 'Not found' },
  methodNotAllowed: {
    status: 405,
    code: 'CIRRUS_METHOD_NOT_ALLOWED',
    title: 'Method not allowed here',
  },
  exists: { status: 409, code: 'CIRRUS_ALREADY_EXISTS', title: 'Exists already' },
  preconditionFailed: {
    status: 412,
    code: 'CIRRUS_PRECONDITION_FAILED',
    title: 'Not as the request expects',
  },
  tooLarge: { status: 413, code: 'CIRRUS_BODY_TOO_LARGE', title: 'Body is too large' },
  unsupportedMedia: {
    status: 415,
    code: 'CIRRUS_MEDIA_TYPE_UNSUPPORTED',
    title: 'Media type is not supported',
  },
  invalid: { status: 422, code: 'CIRRUS_BODY_INVALID', title: 'Body is not valid' },
  headersTooLarge: {
    status: 431,
    code: 'CIRRUS_HEADERS_TOO_LARGE',
    title: 'Headers are too large',
  },
  internal: { status: 500, code: 'CIRRUS_INTERNAL', title: 'Internal error' },
  storeUnavailable: {
    status: 503,
    code: 'CIRRUS_STORE_UNAVAILABLE',
    title: 'Store does not answer',
  },
  timeout: { status: 503, code: 'CIRRUS_TIMEOUT', title: 'Answer took too long' },
} as const satisfies Record<string, ProblemKind>

export type ProblemName = keyof typeof problemKinds

/** One thing that is wrong with a request: where, and what is wanted. */
export interface FieldProblem {
  /** JSON Pointer into the body, or name of the query or path parameter. */
  readonly pointer: string
  readonly detail: string
}

interface ApiErrorOptions extends ErrorOptions {
  readonly errors?: readonly FieldProblem[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that is refused; the error handler turns it into a problem body. */
export class ApiError extends CirrusError {
  readonly code: CirrusError['code']
  readonly kind: ProblemKind
  readonly errors: readonly FieldProblem[]
  readonly headers: Readonly<Record<string, string>>

  constructor(name: ProblemName, detail: string, options: ApiErrorOptions = {}) {
    super(detail, options)
    this.kind = problemKinds[name]
    this.code = this.kind.code
    this.errors = options.errors ?? []
    this.headers = options.headers ?? {}
  }
}
