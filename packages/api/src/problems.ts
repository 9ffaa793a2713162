import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from './errors.ts'
import { toApiError } from './to-api-error.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** The body of every answer that refuses, as RFC 9457 says. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly request_id: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** Answers everything that is thrown, and every unknown path, with a problem. */
export function addProblems(app: FastifyInstance): void {
  app.setErrorHandler<Error>((error, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new ApiError('notFound', 'There is nothing at this path'), request, reply),
  )
}

export function sendProblem(
  thrown: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = toApiError(thrown, request)
  request.outcome = { ...request.outcome, branch: 'failed', reason: error.code, error: thrown }
  return reply
    .code(error.kind.status)
    .headers(error.headers)
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problemOf(error, request.id))
}

export function problemOf(error: ApiError, requestId: string): Problem {
  const { status, title, code } = error.kind
  return {
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    code,
    request_id: requestId,
    ...(error.errors.length === 0 ? {} : { errors: error.errors }),
  }
}
