import type { Context } from './context.ts'
import type { FindingSeverity } from './finding.ts'
import type { Project } from './model/project.ts'
import type { Place } from './source/source-file.ts'

/** What a check says about one place. */
export interface Report {
  readonly place: Place
  readonly what: string
  readonly mend: string
  /** Where this one is milder than the check usually is. */
  readonly severity?: FindingSeverity
}

/** One rule about dashboards and rules; documented in `docs/<name>.md`. */
export interface Check {
  /** Kebab-case; names the file, the page and suppressions. */
  readonly name: string
  /** Never reused. */
  readonly code: `CIR${number}`
  readonly severity: FindingSeverity
  readonly title: string
  readonly why: string
  /** Whether enough is known for it; otherwise it says nothing. */
  readonly isPossible?: (context: Context) => boolean
  readonly check: (project: Project, context: Context) => Iterable<Report>
}

/** Checks a check at compile time. */
export function defineCheck(check: Check): Check {
  return check
}
