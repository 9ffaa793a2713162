import { CirrusError } from '@cirrus/errors'

/** Another living process writes to this spool. */
export class SpoolLockedError extends CirrusError {
  readonly code = 'CIRRUS_SPOOL_LOCKED'
  readonly directory: string
  readonly pid: number

  constructor(directory: string, pid: number) {
    super(
      `Spool ${directory} is in use by process ${pid}: stop it, or give this one another folder`,
    )
    this.directory = directory
    this.pid = pid
  }
}

/** The disk did not do what was asked; what it holds now is only known after opening again. */
export class SpoolFailedError extends CirrusError {
  readonly code = 'CIRRUS_SPOOL_FAILED'
  readonly directory: string

  constructor(directory: string, cause: unknown) {
    super(`Spool ${directory} cannot be written: check the disk, then start again`, { cause })
    this.directory = directory
  }
}
