import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'

describe('promql-syntax', () => {
  it.each([
    ['sum by (host) (up) > 1', []],
    ['sum by (host (up) > 1', [expect.stringContaining('rules.yaml:5:')]],
    ['rate(up) > 1', [expect.stringContaining('rules.yaml:5:')]],
  ])('judges %s', (expr, found) => {
    expect(foundBy('promql-syntax', alertFile(expr))).toEqual(found)
  })

  it('finds what is written once and used twice once', () => {
    const rules =
      'groups:\n  - {name: a, rules: &r [{alert: A, expr: "sum("}]}\n  - {name: b, rules: *r}\n'
    expect(foundBy('promql-syntax', { 'r.yaml': rules })).toHaveLength(1)
  })

  it('points into block texts', () => {
    const given = alertFile('|-', ['  sum(up)', '  + sum by (host', '  > 1'])
    expect(foundBy('promql-syntax', given)).toEqual([
      expect.stringMatching(/^rules\.yaml:[78]:\d+ /),
    ])
  })

  it('understands the variables of Grafana', () => {
    const expr =
      'sum by ($by) (rate(x_total{job=~"$job", [[more]]="a"}[$__rate_interval])) / ${scale}'
    expect(foundBy('promql-syntax', { 'd.json': dashboard([panel(expr)]) })).toEqual([])
  })

  it('does not judge queries of another language', () => {
    const logs = { ...panel('{app="x"} |= "y"'), datasource: { type: 'loki', uid: 'l' } }
    const sql = { ...panel('select 1'), datasource: { type: 'mysql', uid: 'm' } }
    expect(foundBy('promql-syntax', { 'd.json': dashboard([logs, sql]) })).toEqual([])
  })
})
