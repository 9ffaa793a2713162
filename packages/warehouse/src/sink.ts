import type { Batch } from './batch.ts'

/** A value as engines agree on it: whole numbers and decimals of any size come as text. */
export type Value = string | number | boolean | null

export type Row = Readonly<Record<string, Value>>

export type Parameters = Readonly<Record<string, string | number | bigint>>

/** What a sink stored of a batch. */
export interface StoredBatch {
  readonly rows: number
  readonly bytes: number
  /** Of the stored form: the same rows give the same digest. */
  readonly sha256: string
}

/** A place that keeps tables. */
export interface Sink {
  /**
   * Makes the rows of a batch the only rows of its slice, at once or not at all.
   *
   * @throws {BatchError} when the file does not hold the rows it should
   */
  loadBatch(batch: Batch): Promise<StoredBatch>
  /** Runs one SELECT over the tables; parameters are written `$name`. */
  query(sql: string, parameters?: Parameters): Promise<readonly Row[]>
  close(): Promise<void>
}
