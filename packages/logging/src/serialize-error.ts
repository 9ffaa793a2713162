/** An error as it stands in a log line. */
export interface SerializedError {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: SerializedError
}

const MAX_CAUSES = 5

/** Turns anything thrown into plain data, its chain of causes included. */
export function serializeError(thrown: unknown, depth = 0): SerializedError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: String(thrown) }
  const { name, message, stack, cause } = thrown
  const hasCause = cause !== undefined && depth < MAX_CAUSES
  return {
    type: name,
    message,
    ...('code' in thrown ? { code: String(thrown.code) } : {}),
    ...(stack === undefined ? {} : { stack: stack }),
    ...(hasCause ? { cause: serializeError(cause, depth + 1) } : {}),
  }
}
