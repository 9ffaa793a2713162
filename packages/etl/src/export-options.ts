import type { Sink } from '@cirrus/warehouse'

export interface ReadLimits {
  /** Lines in one answer of Loki; well below its `max_entries_limit_per_query`. */
  readonly maxPageLines: number
  /** Bytes in one answer; above 4 MiB Loki closes the connection without a word. */
  readonly maxPageBytes: number
  /** Length of what is stored at once, and lost at once where it cannot be read. */
  readonly windowMs: number
  readonly timeoutMs: number
  /** How often a request is sent before it counts as failed. */
  readonly attempts: number
  /** Pause before the second attempt; doubles with each further one. */
  readonly backoffMs: number
}

export const defaultReadLimits: ReadLimits = {
  maxPageLines: 4000,
  maxPageBytes: 3 * 1024 * 1024,
  windowMs: 300_000,
  timeoutMs: 30_000,
  attempts: 4,
  backoffMs: 250,
}

export interface Prices {
  /** A decimal number: what 10^9 bytes sent to clients cost. */
  readonly perGb: string
}

export interface ExportProgress {
  readonly linesRead: number
  /** What Loki counted when the export began. */
  readonly linesExpected: number
}

export interface ExportOptions {
  readonly lokiUrl: string
  /** Loki tenant; where absent, none is named and rows belong to Loki's own default, `fake`. */
  readonly tenant?: string
  /** Reads the lines of this domain only. */
  readonly domain?: string
  readonly start: Date
  readonly end: Date
  readonly sink: Sink
  readonly prices: Prices
  /** Holds `ledger.jsonl` and, while an export runs, the rows that are not yet stored. */
  readonly dir: string
  readonly now: () => Date
  readonly limits?: Partial<ReadLimits>
  readonly fetch?: typeof fetch
  readonly onProgress?: (progress: ExportProgress) => void
  readonly signal?: AbortSignal
}
