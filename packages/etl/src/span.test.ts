import { describe, expect, it } from 'vitest'
import { joinSpans, splitOnGrid, splitSpan, toWindow } from './span.ts'

const span = (startMs: number, endMs: number) => ({ startMs, endMs })

describe('splitSpan', () => {
  it.each([
    ['in equal parts', splitSpan(span(0, 9), 3), [span(0, 3), span(3, 6), span(6, 9)]],
    ['with a shorter last part', splitSpan(span(0, 5), 2), [span(0, 3), span(3, 5)]],
    ['into no part shorter than 1 ms', splitSpan(span(7, 9), 10), [span(7, 8), span(8, 9)]],
    ['not at all when it is 1 ms long', splitSpan(span(7, 8), 2), [span(7, 8)]],
  ])('cuts %s', (_, parts, wanted) => {
    expect(parts).toEqual(wanted)
  })
})

describe('splitOnGrid', () => {
  it('cuts at multiples, whatever the start', () => {
    expect(splitOnGrid(span(7, 25), 10)).toEqual([span(7, 10), span(10, 20), span(20, 25)])
    expect(splitOnGrid(span(10, 20), 10)).toEqual([span(10, 20)])
  })
})

describe('joinSpans', () => {
  it('keeps gaps', () => {
    expect(joinSpans([span(0, 2), span(2, 5), span(6, 7)])).toEqual([span(0, 5), span(6, 7)])
  })
})

describe('toWindow', () => {
  it('is exact for dates of today', () => {
    expect(toWindow(span(1_795_467_969_791, 1_795_467_969_792))).toEqual({
      startNs: 1_795_467_969_791_000_000n,
      endNs: 1_795_467_969_792_000_000n,
    })
  })
})
