import type { Check } from './check.ts'
import { checks } from './checks/index.ts'
import type { Context } from './context.ts'
import type { Finding } from './finding.ts'
import { type Project, readProject } from './model/project.ts'
import type { Language } from './model/rule-file.ts'
import type { SourceFile } from './source/source-file.ts'
import { type Suppression, covers, inlineSuppressions } from './suppression.ts'
import { suppressionCheck, suppressionReports } from './suppression-check.ts'

/** What to look at, and what is known besides. */
export interface CheckRequest {
  readonly files: readonly SourceFile[]
  readonly context?: Context
  /** Language of rule files; told from their queries where it is absent. */
  readonly rulesLanguage?: Language | undefined
  /** From configuration; comments in the files come on top. */
  readonly suppressions?: readonly Suppression[]
}

/** What was found. */
export interface CheckResult {
  /** Sorted by file and place. */
  readonly findings: readonly Finding[]
  /** How many findings were suppressed with a reason. */
  readonly suppressed: number
  /** Paths of files that are neither rules nor dashboards. */
  readonly foreign: readonly string[]
}

/** Runs every check over files; pure, and silent about what it cannot know. */
export function checkFiles({
  files,
  context = {},
  suppressions = [],
  rulesLanguage,
}: CheckRequest): CheckResult {
  const project = readProject(files, { rulesLanguage, knowledge: context.knowledge })
  const active = checks.filter(({ isPossible }) => isPossible?.(context) ?? true)
  const found = distinct(active.flatMap((check) => run(check, project, context)))
  const all = [...suppressions, ...files.flatMap(inlineSuppressions)]
  const valid = all.filter(({ reason }) => reason !== '')
  const kept = found.filter((finding) => !valid.some((one) => covers(one, finding)))
  const unused = valid
    // What is configured for all files may be about one that was not given.
    .filter(({ lines }) => lines !== undefined || context.complete)
    .filter((one) => !found.some((finding) => covers(one, finding)))
  const reports = suppressionReports({ all, unused, active })
  return {
    findings: [...kept, ...reports.map((report) => toFinding(suppressionCheck, report))].toSorted(
      inReadingOrder,
    ),
    suppressed: found.length - kept.length,
    foreign: project.foreign,
  }
}

function run(check: Check, project: Project, context: Context): readonly Finding[] {
  return [...check.check(project, context)].map((report) => toFinding(check, report))
}

/** What is written once and used twice, with a YAML alias, is found once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const byText = new Map(
    findings.map((finding) => {
      const { file, line, column, code, what } = finding
      return [`${file}:${line}:${column} ${code} ${what}`, finding]
    }),
  )
  return [...byText.values()]
}

function toFinding(
  { name, code, severity, why }: Omit<Check, 'check'>,
  { place, what, mend, severity: milder }: ReturnType<typeof suppressionReports>[number],
): Finding {
  return { check: name, code, severity: milder ?? severity, ...place, what, why, mend }
}

function inReadingOrder(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : 1)
}
