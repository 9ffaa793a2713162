import { describe, expect, it } from 'vitest'
import { foundBy } from '../../test/found-by.ts'
import type { CatalogMetric } from '../context.ts'

function metric(more: Partial<CatalogMetric>): CatalogMetric {
  const place = { file: 'catalog.ts', line: 7, column: 5 }
  const labels = [
    { name: 'status', bound: 60 },
    { name: 'host', bound: 1000 },
  ]
  return { name: 'm', kind: 'counter', labels, buckets: 0, instances: 2, place, ...more }
}

const check = (more: Partial<CatalogMetric>, seriesPerMetric: number): readonly string[] =>
  foundBy('cardinality-budget', {}, { catalog: [metric(more)], seriesPerMetric })

describe('cardinality-budget', () => {
  it('multiplies labels and instances', () => {
    expect(check({}, 120_000)).toEqual([])
    expect(check({}, 119_999)).toEqual([
      'catalog.ts:7:5 m may have 120,000 series (status 60 × host 1000 × instances 2); the budget is 119,999.',
    ])
  })

  it('counts what a histogram adds to its buckets', () => {
    const histogram = { kind: 'histogram', labels: [], buckets: 11 } as const
    expect(check(histogram, 28)).toEqual([])
    expect(check(histogram, 27)).toEqual([
      'catalog.ts:7:5 m may have 28 series (buckets, sum and count 14 × instances 2); the budget is 27.',
    ])
  })

  it('says nothing without a budget', () => {
    expect(foundBy('cardinality-budget', {}, { catalog: [metric({})] })).toEqual([])
  })
})
