import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'

const context = { knowledge: { scrapeIntervalSeconds: 30 } }

describe('short-range', () => {
  it.each([
    ['rate(x_total[30s]) > 1', 1],
    ['rate(x_total[1m]) > 1', 0],
    ['rate(x_total[5m]) > 1', 0],
  ])('judges %s at a scrape each 30 s', (expr, count) => {
    expect(foundBy('short-range', alertFile(expr), context)).toHaveLength(count)
  })

  it('leaves windows alone that Grafana chooses', () => {
    const given = { 'd.json': dashboard([panel('rate(x_total[$__rate_interval])')]) }
    expect(foundBy('short-range', given, context)).toEqual([])
  })

  it('says nothing where the scrape interval is not known', () => {
    expect(foundBy('short-range', alertFile('rate(x_total[1s]) > 1'))).toEqual([])
  })
})
