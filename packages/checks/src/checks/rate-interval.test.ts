import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel, severitiesOf } from '../../test/found-by.ts'

describe('rate-interval', () => {
  it.each([
    ['sum(rate(x_total{a="["}[$__rate_interval]))', []],
    ['sum(rate(x_total{a="["}[$__interval]))', ['This rate is over [$__interval].']],
    ['irate(x_total[${__interval}])', ['This rate is over [${__interval}].']],
    ['rate(x_total[5m])', ['This rate is over [5m].']],
    ['increase(x_total[1h])', []],
    ['max_over_time(x[$__interval])', []],
    ['rate(x_total[$window])', []],
  ])('judges %s', (expr, found) => {
    expect(foundBy('rate-interval', { 'd.json': dashboard([panel(expr)]) })).toEqual(
      found.map((text) => expect.stringContaining(text)),
    )
  })

  it.each([
    ['rate(x_total[$__interval])', 'warning'],
    ['rate(x_total[5m])', 'info'],
  ])('takes %s for worth a %s', (expr, severity) => {
    const given = { 'd.json': dashboard([panel(expr)]) }
    expect(severitiesOf('rate-interval', given)).toEqual([severity])
  })

  it('leaves rules alone, which have no such variable', () => {
    expect(foundBy('rate-interval', alertFile('rate(x_total[5m]) > 1'))).toEqual([])
  })
})
