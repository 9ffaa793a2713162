import type { Alert } from './alert.ts'

/** The alerts of one source file; becomes one rule group per language. */
export interface AlertGroup {
  /** Name of the group and of the files generated from it. */
  readonly name: string
  /** File the alerts are written in, relative to the root of the repository. */
  readonly source: string
  readonly alerts: readonly Alert[]
}
