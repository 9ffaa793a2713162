import type { Finding } from '@cirrus/checks'
import { byFile } from './by-file.ts'
import { type CheckRun, shownFindings } from './run-check.ts'

/** Findings as JUnit XML: a suite per file, a failed case per finding. */
export function formatJunit(run: CheckRun): string {
  const shown = shownFindings(run)
  const groups = byFile(shown)
  const files = [...new Set([...run.checked, ...groups.keys()])].toSorted()
  const suites = files.map((file) => suite(file, groups.get(file) ?? []))
  const tests = files.reduce((sum, file) => sum + Math.max(1, groups.get(file)?.length ?? 0), 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cirrus check" tests="${tests}" failures="${shown.length}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(file: string, findings: readonly Finding[]): string {
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${escape(file)}" name="no findings"/>`]
      : findings.map(failedCase)
  const counts = `tests="${cases.length}" failures="${findings.length}"`
  return [`  <testsuite name="${escape(file)}" ${counts}>`, ...cases, '  </testsuite>'].join('\n')
}

function failedCase({
  file,
  line,
  column,
  check,
  code,
  severity,
  what,
  why,
  mend,
}: Finding): string {
  return [
    `    <testcase classname="${escape(file)}" name="${check} ${line}:${column}">`,
    `      <failure type="${code} ${severity}" message="${escape(what)}">${escape(`${why}\n${mend}`)}</failure>`,
    '    </testcase>',
  ].join('\n')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Characters that XML 1.0 cannot hold even escaped. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

function escape(text: string): string {
  return text
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"]/g, (character) => entities[character] ?? '')
}
