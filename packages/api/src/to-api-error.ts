import { ConflictError, StoreUnavailableError } from '@cirrus/store'
import type { FastifyError, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { ApiError, type FieldProblem, type ProblemName } from './errors.ts'

const RETRY_AFTER_SECONDS = '1'

/** Fastify's own refusals, by their code. */
const frameworkProblems: Readonly<Record<string, ProblemName>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupportedMedia',
  FST_ERR_CTP_BODY_TOO_LARGE: 'tooLarge',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'unreadable',
  FST_ERR_CTP_INVALID_JSON_BODY: 'unreadable',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'unreadable',
  FST_ERR_BAD_URL: 'badRequest',
  FST_ERR_HANDLER_TIMEOUT: 'timeout',
}

/** What the client is told about anything thrown while its request was answered. */
export function toApiError(
  error: Partial<FastifyError> & Error,
  { headers }: Pick<FastifyRequest, 'headers'>,
): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof ConflictError) {
    const isConditional = headers['if-match'] ?? headers['if-none-match']
    const name = isConditional === undefined ? 'exists' : 'preconditionFailed'
    return new ApiError(name, error.message, { cause: error })
  }
  if (error instanceof StoreUnavailableError) {
    return retryLater('storeUnavailable', 'The store does not answer; try again soon', error)
  }
  const [first] = error.validation ?? []
  if (first !== undefined) return invalid(first, error.validationContext)
  const name = frameworkProblems[error.code ?? '']
  if (name === 'timeout') return retryLater(name, 'The answer took too long; try again', error)
  if (name === 'unsupportedMedia') return new ApiError(name, 'Send application/json')
  if (name !== undefined) return new ApiError(name, error.message, { cause: error })
  const isClientError = error.statusCode !== undefined && error.statusCode < 500
  return isClientError
    ? new ApiError('badRequest', error.message, { cause: error })
    : new ApiError('internal', 'Something went wrong on our side; tell us the request id', {
        cause: error,
      })
}

function retryLater(name: ProblemName, detail: string, cause: Error): ApiError {
  return new ApiError(name, detail, { cause, headers: { 'retry-after': RETRY_AFTER_SECONDS } })
}

function invalid(error: FastifySchemaValidationError, context = 'body'): ApiError {
  const problem: FieldProblem = { pointer: pointerOf(error), detail: `must ${wantedBy(error)}` }
  const place = problem.pointer === '' ? `The ${context}` : `${problem.pointer} of the ${context}`
  return new ApiError(context === 'body' ? 'invalid' : 'badRequest', `${place} ${problem.detail}`, {
    errors: [problem],
  })
}

/** Points at the field itself, also where it is missing or one too many. */
function pointerOf(error: FastifySchemaValidationError & { propertyName?: unknown }): string {
  const { instancePath, params, propertyName } = error
  const name = propertyName ?? params['missingProperty'] ?? params['additionalProperty']
  if (typeof name !== 'string') return instancePath
  return `${instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function wantedBy({ keyword, params, message = '' }: FastifySchemaValidationError): string {
  const allowed = params['allowedValues']
  if (keyword === 'required') return 'be given'
  if (keyword === 'additionalProperties') return 'not be given: there is no such field'
  if (keyword === 'enum' && Array.isArray(allowed)) return `be one of ${allowed.join(', ')}`
  if (keyword === 'format') return `be a valid ${String(params['format'])}`
  return message.replace(/^must /, '')
}
