import type { LogSource } from '@cirrus/catalog'
import type { Notes } from '@cirrus/spool'

/** One line as an input found it. */
export interface RawLine {
  /** `undefined` where the line is longer than {@link MAX_LINE_BYTES}. */
  readonly text: string | undefined
  /** Who wrote it, unless the line itself tells. */
  readonly service: LogSource
  /** When, unless the line itself tells; RFC 3339. */
  readonly time?: string
}

export interface Reading {
  readonly lines: readonly RawLine[]
  /** How far the input has come: to be kept together with the lines. */
  readonly notes: Notes
  /** Whether there is more to read right now. */
  readonly isMore: boolean
}

/** Where lines come from. What it returned once it does not return again. */
export interface Input {
  read(): Promise<Reading>
  /** Whether no line will ever follow. */
  readonly hasEnded: boolean
  close(): Promise<void>
}

/** Loki takes no longer line. */
export const MAX_LINE_BYTES = 256 * 1024

/** What an input reads at a time; holds a line of the maximal length. */
export const READ_BYTES = 2 * MAX_LINE_BYTES
