import { describe, expect, it } from 'vitest'
import { alertFile, foundBy } from '../../test/found-by.ts'

const panelLink = 'dashboard_url: https://g/d/demo?viewPanel=1'
const runbook = 'runbook_url: https://r/Demo.md'

describe('alert-triple', () => {
  it.each([
    ['page', [panelLink, runbook], undefined],
    ['page', [panelLink], 'no link to a runbook.'],
    ['critical', [runbook, 'dashboard_url: https://g/d/demo'], 'no link to a panel.'],
    ['page', ['summary: x'], 'no link to a panel nor a runbook.'],
    ['ticket', ['summary: x'], undefined],
  ])('wants both of severity %s with %s', (severity, annotations, missing) => {
    const more = [
      `labels: { severity: ${severity} }`,
      'annotations:',
      ...annotations.map((line) => `  ${line}`),
    ]
    const found = foundBy('alert-triple', alertFile('up == 0', more))
    expect(found).toEqual(missing === undefined ? [] : [expect.stringContaining(missing)])
  })
})
