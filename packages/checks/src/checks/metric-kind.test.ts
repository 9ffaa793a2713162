import { describe, expect, it } from 'vitest'
import { alertFile, foundBy } from '../../test/found-by.ts'
import { demoKnowledge as knowledge } from '../../test/demo-knowledge.ts'

describe('metric-kind', () => {
  it.each([
    'rate(temperature[5m]) > 1',
    'delta(requests_total[5m]) > 1',
    'requests_total > 100',
    'histogram_quantile(0.9, sum by (host) (rate(duration_seconds_bucket[5m]))) > 1',
  ])('finds %s', (expr) => {
    expect(foundBy('metric-kind', alertFile(expr), { knowledge })).toHaveLength(1)
  })

  it.each([
    'deriv(temperature[5m]) > 1',
    'increase(requests_total[5m]) > 1',
    'sum(rate(requests_total[5m])) > 100',
    'histogram_quantile(0.9, sum by (host, le) (rate(duration_seconds_bucket[5m]))) > 1',
    'rate(nobody_knows[5m]) > 1',
  ])('accepts %s', (expr) => {
    expect(foundBy('metric-kind', alertFile(expr), { knowledge })).toEqual([])
  })
})
