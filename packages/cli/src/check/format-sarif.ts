import {
  type Check,
  type Finding,
  type FindingSeverity,
  checks,
  suppressionCheck,
} from '@cirrus/checks'
import { type CheckRun, shownFindings } from './run-check.ts'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  FindingSeverity,
  string
>

/**
 * Findings as SARIF 2.1.0, for code scanning.
 *
 * @param pages Markdown documentation by name of the check
 */
export function formatSarif(run: CheckRun, pages: ReadonlyMap<string, string>): string {
  const rules = [suppressionCheck, ...checks]
  const driver = {
    name: 'cirrus check',
    rules: rules.map((rule) => toRule(rule, pages.get(rule.name))),
  }
  const results = shownFindings(run).map((finding) =>
    toResult(
      finding,
      rules.findIndex(({ code }) => code === finding.code),
    ),
  )
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function toRule({ code, name, title, why, severity }: Omit<Check, 'check'>, page = why): object {
  return {
    id: code,
    name,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: why, markdown: page },
    defaultConfiguration: { level: levels[severity] },
  }
}

function toResult(finding: Finding, ruleIndex: number): object {
  const { code, severity, what, mend, file, line, column } = finding
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: `${what} ${mend}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  }
}
