import { type Finding, findingSeverities } from '@cirrus/checks'
import { byFile } from './by-file.ts'
import { type CheckRun, shownFindings } from './run-check.ts'

/** Findings for people: by file, in reading order; why a check exists is said once. */
export function formatText(run: CheckRun): string {
  const shown = shownFindings(run)
  const explained = new Set<string>()
  const lines = [...byFile(shown)].flatMap(([file, findings]) => [
    file,
    ...findings.flatMap((finding) => {
      const why = explained.has(finding.check) ? [] : [`      why:  ${finding.why}`]
      explained.add(finding.check)
      return [headline(finding), ...why, `      mend: ${finding.mend}`]
    }),
    '',
  ])
  return [...lines, summary(run, shown), ''].join('\n')
}

function headline({ line, column, severity, check, what }: Finding): string {
  return `  ${line}:${column}  ${severity}  ${check}: ${what}`
}

function summary(
  { findings, severity, checked, suppressed }: CheckRun,
  shown: readonly Finding[],
): string {
  const hidden = findings.length - shown.length
  return [
    `${countBySeverity(shown)} in ${count(checked.length, 'file')}`,
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(hidden > 0 ? [`${hidden} below "${severity}", shown by --severity info`] : []),
  ].join('; ')
}

function countBySeverity(findings: readonly Finding[]): string {
  const parts = findingSeverities.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length
    if (number === 0) return []
    return [severity === 'info' ? `${number} info` : count(number, severity)]
  })
  return parts.length === 0 ? 'no findings' : parts.join(', ')
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
