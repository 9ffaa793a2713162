import type { Vector } from '@cirrus/queries'
import type { Alert } from './alert.ts'

/** A query whose results are kept under a name. */
export interface RecordingRule {
  readonly record: string
  readonly expr: Vector
  readonly windowSeconds: number
  readonly labels: Readonly<Record<string, string>>
}

/** The rules of one source file; become one rule group per language. */
export interface AlertGroup {
  /** Name of the group and of the files generated from it. */
  readonly name: string
  /** File the alerts are written in, relative to the root of the repository. */
  readonly source: string
  readonly alerts: readonly Alert[]
  /** Evaluated before the alerts, in this order. */
  readonly recordings?: readonly RecordingRule[]
  /** Where every 15 seconds would be too much. */
  readonly evaluationSeconds?: number
}
