import { describe, expect, it } from 'vitest'
import { dashboard, foundBy } from '../../test/found-by.ts'

describe('datasource-variable', () => {
  it.each([
    [{ type: 'prometheus', uid: '${datasource}' }, 0],
    [{ type: 'prometheus', uid: 'P1809F7CD0C75ACF3' }, 1],
    [{ type: 'mysql', uid: 'abc' }, 0],
    ['$datasource', 0],
    ['Prometheus', 1],
    ['-- Mixed --', 0],
    [null, 0],
  ])('judges %j', (datasource, count) => {
    const given = { 'd.json': dashboard([{ type: 'stat', datasource }]) }
    expect(foundBy('datasource-variable', given)).toHaveLength(count)
  })

  it('looks at queries too', () => {
    const targets = [{ expr: 'up', datasource: { type: 'prometheus', uid: 'abc' } }]
    expect(foundBy('datasource-variable', { 'd.json': dashboard([{ targets }]) })).toHaveLength(1)
  })
})
