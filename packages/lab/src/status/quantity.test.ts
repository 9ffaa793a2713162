import { describe, expect, it } from 'vitest'
import { formatBytes, formatRate, formatSeconds, formatShare, formatSpan } from './quantity.ts'

describe('quantities', () => {
  it.each([
    [formatRate(13.28), '13.3/s'],
    [formatRate(0.5), '0.50/s'],
    [formatRate(undefined), '–'],
    [formatShare(0), '0 %'],
    [formatShare(0.021), '2.1 %'],
    [formatShare(0.76), '76 %'],
    [formatSeconds(0.0486), '49 ms'],
    [formatSeconds(2.5), '2.50 s'],
    [formatBytes(0), '0.00 B'],
    [formatBytes(546_600_000), '547 MB'],
    [formatSpan(59_000), '59 s'],
    [formatSpan(3_600_000 * 3 + 720_000), '3 h 12 min'],
    [formatSpan(86_400_000 * 9), '9 d 0 h'],
    [formatSpan(-5), '0 s'],
  ])('reads %s', (text, wanted) => {
    expect(text).toBe(wanted)
  })
})
