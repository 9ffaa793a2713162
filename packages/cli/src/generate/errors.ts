import { CirrusError } from '@cirrus/errors'

/** An alert has no runbook: whoever is paged would not know what to do. */
export class RunbookMissingError extends CirrusError {
  readonly code = 'CIRRUS_RUNBOOK_MISSING'
  readonly paths: readonly string[]

  constructor(paths: readonly string[]) {
    super(`Write these runbooks, one for each alert: ${paths.join(', ')}`)
    this.paths = paths
  }
}
