import type { Socket } from 'node:net'
import { ApiError } from './errors.ts'
import { PROBLEM_TYPE, problemOf } from './problems.ts'

/** Answers bytes that are no HTTP request, which no route ever sees. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new ApiError('headersTooLarge', 'Send fewer or shorter headers')
      : new ApiError('badRequest', 'This is not a valid HTTP/1.1 request')
  const body = JSON.stringify(problemOf(problem, 'none'))
  socket.end(
    [
      `HTTP/1.1 ${problem.kind.status} ${problem.kind.title}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
