import { CirrusError } from '@cirrus/errors'

/** Thrown when Loki gives no answer, or none that can be used, however often it is asked. */
export class LokiUnavailableError extends CirrusError {
  readonly code = 'CIRRUS_LOKI_UNAVAILABLE'
  readonly url: string
  readonly attempts: number

  constructor(url: string, attempts: number, options: ErrorOptions) {
    super(`Loki at ${url} did not answer in ${attempts} attempts; is it running there?`, options)
    this.url = url
    this.attempts = attempts
  }
}

/** Thrown when Loki answers that it will not do what was asked; asking again would not help. */
export class LokiRefusedError extends CirrusError {
  readonly code = 'CIRRUS_LOKI_REFUSED'
  readonly status: number

  constructor(url: string, status: number, reason: string) {
    super(`Loki at ${url} refused a query with status ${status}: ${reason}`)
    this.status = status
  }
}

/** Thrown when the ledger was changed by something else than an export. */
export class LedgerError extends CirrusError {
  readonly code = 'CIRRUS_LEDGER_DAMAGED'
  readonly file: string
  readonly line: number

  constructor(file: string, line: number) {
    super(`Line ${line} of the ledger ${file} is damaged; restore the file, or move it away`)
    this.file = file
    this.line = line
  }
}
