import { CirrusError } from '@cirrus/errors'

/** Thrown when another process is writing to the warehouse. */
export class WarehouseBusyError extends CirrusError {
  readonly code = 'CIRRUS_WAREHOUSE_BUSY'
  readonly processId: number

  constructor(lockFile: string, processId: number) {
    super(`Process ${processId} is writing to this warehouse (${lockFile}); wait for it to end`)
    this.processId = processId
  }
}

/** Thrown when the list of live files cannot be read. */
export class ManifestError extends CirrusError {
  readonly code = 'CIRRUS_WAREHOUSE_MANIFEST'
  readonly file: string

  constructor(file: string, wanted: string, options?: ErrorOptions) {
    super(
      `Manifest ${file} must ${wanted}; restore it, or remove the folder and export again`,
      options,
    )
    this.file = file
  }
}

/** Thrown when a batch does not hold what it says; nothing of it was stored. */
export class BatchError extends CirrusError {
  readonly code = 'CIRRUS_WAREHOUSE_BATCH'
  readonly table: string

  constructor(table: string, problem: string, options?: ErrorOptions) {
    super(`Batch for table ${JSON.stringify(table)} was refused: ${problem}`, options)
    this.table = table
  }
}
