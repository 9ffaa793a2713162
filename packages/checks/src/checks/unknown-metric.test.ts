import { describe, expect, it } from 'vitest'
import { demoKnowledge as knowledge } from '../../test/demo-knowledge.ts'
import { alertFile, foundBy } from '../../test/found-by.ts'

describe('unknown-metric', () => {
  it.each([
    ['rate(requests_total[5m]) > 1', []],
    ['rate(request_total[5m]) > 1', ['rules.yaml:5:20 The catalog has no metric "request_total"']],
    ['ALERTS{alertname="A"} and scrape_duration_seconds > 1', []],
    ['absent(up)', []],
  ])('judges %s', (expr, found) => {
    expect(foundBy('unknown-metric', alertFile(expr), { knowledge })).toEqual(
      found.map((text) => expect.stringContaining(text)),
    )
  })

  it('knows what rules record', () => {
    const recording = 'groups: [{name: a, rules: [{record: "a:b", expr: up}]}]'
    const given = { ...alertFile('a:b > 1'), 'recording.yaml': recording }
    expect(foundBy('unknown-metric', given, { knowledge })).toEqual([])
  })

  it('says nothing without a catalog', () => {
    expect(foundBy('unknown-metric', alertFile('anything > 1'))).toEqual([])
  })
})
