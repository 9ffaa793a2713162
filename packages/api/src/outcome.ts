import type { JobBranch } from '@cirrus/catalog'

/** How a request ended, for its log line. */
export interface Outcome {
  readonly branch: JobBranch
  readonly reason?: string
  /** Kind and id of the object it changed, and how. */
  readonly resource?: string
  readonly action?: string
  readonly domain?: string
  readonly error?: Error
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who called: `master`, or `anonymous` where no token was needed or none was valid. */
    caller: string
    outcome: Outcome
  }
}
