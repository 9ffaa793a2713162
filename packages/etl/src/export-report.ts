import type { TrafficSummary } from './traffic.ts'

/** A part of the window that is not in the numbers. */
export interface IncompleteWindow {
  readonly start: string
  readonly end: string
  readonly reason: string
}

/** What an export read and what the traffic was; written as JSON as it is. Times are RFC 3339. */
export interface ExportReport extends TrafficSummary {
  /** When it was made. */
  readonly time: string
  readonly start: string
  readonly end: string
  readonly tenant: string
  /** The only domain that was read; null where all were. */
  readonly domain: string | null
  readonly price_per_gb: string
  /** Requests, one row each, that are in the numbers. */
  readonly rows: number
  /** Lines that are no access log lines; they are not in the numbers. */
  readonly unreadable_lines: number
  readonly incomplete: readonly IncompleteWindow[]
}

/** Whether the numbers hold every line of the window, once. */
export function isExact({ incomplete, unreadable_lines, total }: ExportReport): boolean {
  return incomplete.length === 0 && unreadable_lines === 0 && total.repeated_requests === 0
}
