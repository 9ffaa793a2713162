import { describe, expect, it } from 'vitest'
import { days, formatDuration, hours, minutes } from './duration.ts'

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.5, '500ms'],
    [1.5, '1s500ms'],
    [minutes(5), '5m'],
    [hours(1) + minutes(30), '1h30m'],
    [days(30), '30d'],
  ])('prints %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it.each([-1, Number.NaN])('refuses %d', (seconds) => {
    expect(() => formatDuration(seconds)).toThrow(RangeError)
  })
})
