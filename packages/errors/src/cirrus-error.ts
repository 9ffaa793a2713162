/** A machine-readable error code; stable across releases. */
export type ErrorCode = `CIRRUS_${Uppercase<string>}`

/**
 * Base of every error that a caller may want to branch on.
 *
 * Subclasses fix `code` and add structured, read-only fields. The API maps them to RFC 9457 problem
 * bodies, the CLI to exit codes.
 */
export abstract class CirrusError extends Error {
  abstract readonly code: ErrorCode

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}
