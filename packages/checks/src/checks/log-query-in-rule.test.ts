import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'

describe('log-query-in-rule', () => {
  it.each([
    [`{app="x"} |= "panic"`, 1],
    [`sum(count_over_time({app="x"} |= "panic" [5m])) > 0`, 0],
    ['up[5m]', 1],
    ['up == 0', 0],
    ['1 > bool 0', 0],
    ['sum(', 0],
  ])('judges the rule %s', (expr, count) => {
    expect(foundBy('log-query-in-rule', alertFile(`'${expr}'`))).toHaveLength(count)
  })

  it('leaves panels alone, which show lines', () => {
    const logs = { ...panel('{app="x"}'), datasource: { type: 'loki', uid: 'l' } }
    expect(foundBy('log-query-in-rule', { 'd.json': dashboard([logs]) })).toEqual([])
  })
})
