import { describe, expect, it } from 'vitest'
import { dashboard, foundBy } from '../../test/found-by.ts'

describe('duplicate-uid', () => {
  it('finds the second dashboard of a uid, and names the first', () => {
    const given = {
      'a.json': dashboard([]),
      'b.json': dashboard([]),
      'c.json': dashboard([], { uid: 'c' }),
    }
    expect(foundBy('duplicate-uid', given)).toEqual([
      'b.json:2:10 The uid "demo" is also that of the dashboard in a.json.',
    ])
  })

  it('leaves dashboards without a uid alone', () => {
    const nameless = { uid: null }
    const given = { 'a.json': dashboard([], nameless), 'b.json': dashboard([], nameless) }
    expect(foundBy('duplicate-uid', given)).toEqual([])
    const empty = { 'a.json': dashboard([], { uid: '' }), 'b.json': dashboard([], { uid: '' }) }
    expect(foundBy('duplicate-uid', empty)).toEqual([])
  })
})
