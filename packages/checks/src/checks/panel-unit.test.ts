import { describe, expect, it } from 'vitest'
import { dashboard, foundBy } from '../../test/found-by.ts'

const unit = (id: string): object => ({ type: 'stat', fieldConfig: { defaults: { unit: id } } })

describe('panel-unit', () => {
  it.each([
    [unit('percentunit'), []],
    [unit('suffix: requests'), []],
    [unit('percent%'), ['Grafana knows no unit "percent%"']],
    [{ type: 'timeseries' }, ['The timeseries panel "" has no unit']],
    [{ type: 'graph', yaxes: [{ format: 'reqps' }] }, []],
    [{ type: 'singlestat', format: 'parsecs' }, ['Grafana knows no unit "parsecs"']],
    [{ type: 'table' }, []],
    [{ type: 'stat', fieldConfig: { defaults: { mappings: [{ type: 'value' }] } } }, []],
    [{ type: 'logs' }, []],
  ])('judges %j', (panel, found) => {
    expect(foundBy('panel-unit', { 'd.json': dashboard([panel]) })).toEqual(
      found.map((text) => expect.stringContaining(text)),
    )
  })
})
