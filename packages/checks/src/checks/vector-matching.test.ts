import { describe, expect, it } from 'vitest'
import { demoKnowledge as knowledge } from '../../test/demo-knowledge.ts'
import { alertFile, foundBy } from '../../test/found-by.ts'

describe('vector-matching', () => {
  it.each([
    'sum by (host) (rate(requests_total[5m])) / sum by (job) (up) > 1',
    'up and on (job) sum by (host) (requests_total)',
  ])('finds %s', (expr) => {
    expect(foundBy('vector-matching', alertFile(expr), { knowledge }).length).toBeGreaterThan(0)
  })

  it.each([
    'sum by (host) (rate(requests_total[5m])) / sum by (host) (rate(requests_total[1h])) > 1',
    'sum by (job) (rate(requests_total[5m])) / on (job) sum by (job) (up) > 1',
    'a / b > 1',
    'sum(a) / sum(b) > 1',
  ])('accepts %s', (expr) => {
    expect(foundBy('vector-matching', alertFile(expr), { knowledge })).toEqual([])
  })
})
