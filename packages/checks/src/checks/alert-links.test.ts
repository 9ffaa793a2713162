import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'

const board = { 'd.json': dashboard([panel('up')]) }

function links(...annotations: readonly string[]) {
  return {
    ...board,
    ...alertFile('up == 0', ['annotations:', ...annotations.map((line) => `  ${line}`)]),
  }
}

describe('alert-links', () => {
  it.each([
    ['dashboard_url: https://g/d/demo?viewPanel=1&var-datasource=x', []],
    ['dashboard_url: https://g/d/demo/demo?orgId=1&viewPanel=panel-1', []],
    [
      'dashboard_url: https://g/d/demo?viewPanel=7',
      ['rules.yaml:7:53 The dashboard "Demo" has no panel with the id 7.'],
    ],
    [
      'dashboard_url: https://g/d/demo?var-pod=x',
      ['rules.yaml:7:47 The dashboard "Demo" has no variable "pod".'],
    ],
    ['dashboard_url: https://g/d/other', []],
  ])('follows %s', (annotation, found) => {
    expect(foundBy('alert-links', links(annotation))).toEqual(found)
  })

  it('misses a dashboard where all there are were given', () => {
    expect(
      foundBy('alert-links', links('dashboard_url: https://g/d/other'), { complete: true }),
    ).toEqual(['rules.yaml:7:38 No dashboard has the uid "other".'])
  })

  it('follows the pair by which Grafana finds a panel', () => {
    const [uid, id] = ['__dashboardUid__: demo', '__panelId__: "1"']
    expect(foundBy('alert-links', links(uid, id))).toEqual([])
    expect(foundBy('alert-links', links(uid))).toEqual([expect.stringContaining('only one of')])
    expect(foundBy('alert-links', links(uid, '__panelId__: "9"'))).toEqual([
      expect.stringContaining('no panel with the id 9'),
    ])
  })

  it.each([
    ['https://r/Demo.md', 0],
    ['https://r/Other.md#first', 1],
    ['https://wiki/page', 0],
  ])('looks up the runbook %s', (url, count) => {
    const given = links(`runbook_url: ${url}`)
    expect(foundBy('alert-links', given, { runbooks: new Set(['Demo.md']) })).toHaveLength(count)
    expect(foundBy('alert-links', given)).toEqual([])
  })
})
