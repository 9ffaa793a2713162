import { describe, expect, it } from 'vitest'
import { dashboard, foundBy } from '../../test/found-by.ts'

const at = (title: string, [x, y, w, h]: readonly number[]): object => ({
  title,
  gridPos: { x, y, w, h },
})

describe('panel-overlap', () => {
  it.each([
    ['beside each other', [at('A', [0, 0, 12, 8]), at('B', [12, 0, 12, 8])], []],
    [
      'beside each other, the right one first',
      [at('A', [12, 0, 12, 8]), at('B', [0, 0, 12, 8])],
      [],
    ],
    ['below each other', [at('A', [0, 0, 12, 8]), at('B', [0, 8, 24, 8])], []],
    ['on each other', [at('A', [0, 0, 12, 8]), at('B', [11, 7, 2, 2])], ['"B" lies on "A"']],
    ['beyond the grid', [at('A', [13, 0, 13, 8])], ['the columns 13 to 26 of 24']],
    ['without a place', [{ title: 'A' }, { title: 'B', gridPos: { x: 'left' } }], []],
  ])('judges panels %s', (_, panels, found) => {
    expect(foundBy('panel-overlap', { 'd.json': dashboard(panels) })).toEqual(
      found.map((text) => expect.stringContaining(text)),
    )
  })

  it('compares panels of a collapsed row with each other only', () => {
    const row = { type: 'row', panels: [at('B', [0, 0, 12, 8]), at('C', [0, 4, 12, 8])] }
    expect(
      foundBy('panel-overlap', { 'd.json': dashboard([at('A', [0, 0, 12, 8]), row]) }),
    ).toEqual([expect.stringContaining('"C" lies on "B"')])
  })
})
