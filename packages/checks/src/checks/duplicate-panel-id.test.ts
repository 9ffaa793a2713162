import { describe, expect, it } from 'vitest'
import { dashboard, foundBy } from '../../test/found-by.ts'

describe('duplicate-panel-id', () => {
  it('finds a second panel of an id, also within rows, and the id 0', () => {
    const panels = [
      { id: 1, title: 'A', type: 'stat' },
      { id: 9, type: 'row', panels: [{ id: 1, title: 'B', type: 'stat' }] },
      { id: 0, title: 'C', type: 'stat' },
    ]
    expect(foundBy('duplicate-panel-id', { 'd.json': dashboard(panels) })).toEqual([
      'd.json:16:17 The panels "A" and "B" both have the id 1.',
      'd.json:23:13 The panel "C" has the id 0.',
    ])
  })

  it('accepts panels without an id, which Grafana numbers', () => {
    const panels = [{ title: 'A' }, { title: 'B' }]
    expect(foundBy('duplicate-panel-id', { 'd.json': dashboard(panels) })).toEqual([])
  })
})
