import type { Place } from './source/source-file.ts'

/** How bad: `error` does not work, `warning` misleads or will break, `info` is worth knowing. */
export const findingSeverities = ['error', 'warning', 'info'] as const

export type FindingSeverity = (typeof findingSeverities)[number]

/** Something wrong in a file, as data. */
export interface Finding extends Place {
  /** Name of the check that found it. */
  readonly check: string
  readonly code: string
  readonly severity: FindingSeverity
  readonly what: string
  readonly why: string
  readonly mend: string
}

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: FindingSeverity, least: FindingSeverity): boolean {
  return findingSeverities.indexOf(severity) <= findingSeverities.indexOf(least)
}
