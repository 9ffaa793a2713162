import { describe, expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'

const lines = (points: readonly (number | undefined)[]): readonly string[] =>
  [...sparkline({ points, now: points.at(-1) }, 1).text.matchAll(/polyline points="([^"]*)"/g)].map(
    (match) => match[1] ?? '',
  )

describe('sparkline', () => {
  it('draws zero at the bottom and the top value at the top', () => {
    expect(lines([0, 1])).toEqual(['0.0,26.0 120.0,2.0'])
  })

  it('leaves gaps where there is no value', () => {
    expect(lines([1, 1, undefined, 1, 1])).toHaveLength(2)
  })

  it('draws nothing of nothing', () => {
    expect(lines([])).toEqual([])
  })
})
