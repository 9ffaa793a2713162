import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'

describe('logql-syntax', () => {
  it.each([
    [`sum(rate({app="x"} |= "panic" [5m])) > 0`, 0],
    [`sum(rate({app="x"} |=  [5m])) > 0`, 1],
    [`sum(rate({app="x"})) > 0`, 1],
  ])('judges the Loki rule %s', (expr, count) => {
    expect(foundBy('logql-syntax', alertFile(`'${expr}'`))).toHaveLength(count)
  })

  it('judges panels of Loki', () => {
    const logs = { ...panel('{app="$app"} |= '), datasource: { type: 'loki', uid: 'l' } }
    expect(foundBy('logql-syntax', { 'd.json': dashboard([logs]) })).toHaveLength(1)
  })

  it('leaves Prometheus rules alone that name no metric', () => {
    const given = {
      'rules.yaml': `groups: [{name: a, rules: [{record: a, expr: '{job="x"}'}, {record: b, expr: 'rate(x[5m])'}]}]`,
    }
    expect(foundBy('logql-syntax', given)).toEqual([])
  })

  it('leaves Prometheus rules about Loki alone', () => {
    expect(
      foundBy('logql-syntax', alertFile('rate(loki_request_total{route="a"}[5m]) > 0')),
    ).toEqual([])
  })
})
