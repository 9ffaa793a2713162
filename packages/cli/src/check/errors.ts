import { CirrusError } from '@cirrus/errors'

/** A path that `cirrus check` was given is of no use to it. */
export class CheckPathError extends CirrusError {
  readonly code = 'CIRRUS_CHECK_PATH'
  readonly path: string

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`Cannot check ${path}: ${problem}`, options)
    this.path = path
  }
}
