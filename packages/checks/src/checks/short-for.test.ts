import { describe, expect, it } from 'vitest'
import { foundBy } from '../../test/found-by.ts'

describe('short-for', () => {
  it.each([
    [
      'interval: 1m,',
      '10s',
      ['r.yaml:1:68 "for: 10s" of A is shorter than the interval 1m of its group.'],
    ],
    ['interval: 1m,', '1m', []],
    ['interval: 1m,', '0s', []],
    ['', '10s', []],
    ['interval: soon,', '10s', []],
  ])('compares %s with for: %s', (interval, wait, found) => {
    const text = `groups: [{name: a, ${interval} rules: [{alert: A, expr: up, for: ${wait}}]}]`
    expect(foundBy('short-for', { 'r.yaml': text })).toEqual(found)
  })
})
