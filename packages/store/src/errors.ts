import { CirrusError } from '@cirrus/errors'

/** Redis is away, too slow or cannot take writes now. A write that timed out may have happened. */
export class StoreUnavailableError extends CirrusError {
  readonly code = 'CIRRUS_STORE_UNAVAILABLE'

  constructor(what: string, options?: ErrorOptions) {
    super(`${what}; check that Redis runs and is reachable, then try again`, options)
  }
}

/** Why a conditional write was not made. */
export type ConflictReason = 'exists' | 'missing' | 'changed'

/** The object is not as the caller expected; nothing was written. */
export class ConflictError extends CirrusError {
  readonly code = 'CIRRUS_STORE_CONFLICT'
  readonly resource: string
  readonly reason: ConflictReason

  constructor(resource: string, reason: ConflictReason) {
    super(`${resource} ${explanations[reason]}`)
    this.resource = resource
    this.reason = reason
  }
}

const explanations: Readonly<Record<ConflictReason, string>> = {
  exists: 'exists already; update it instead',
  missing: 'does not exist; create it first',
  changed: 'was changed since it was read; read it again',
}

/** The PEM texts are no certificate and the private key that belongs to it. */
export class CertificateError extends CirrusError {
  readonly code = 'CIRRUS_CERTIFICATE_INVALID'
  readonly domain: string

  constructor(domain: string, problem: string, options?: ErrorOptions) {
    super(`Certificate of ${domain} cannot be stored: ${problem}`, options)
    this.domain = domain
  }
}
