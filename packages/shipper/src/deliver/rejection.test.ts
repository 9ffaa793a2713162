import { describe, expect, it } from 'vitest'
import { type Entry, judge, reasonOf } from './rejection.ts'

function entry(timeMs: number): Entry {
  return [String(BigInt(timeMs) * 1_000_000n), 'line', {}]
}

const oldest = Date.UTC(2026, 10, 16, 10)
const entries = [entry(oldest - 2), entry(oldest - 1), entry(oldest), entry(oldest + 1)]

describe('judge', () => {
  it('finds the lines that are older than the answer names', () => {
    const answer =
      "1 errors like: entry for stream '{}' has timestamp too old: 2026-11-13T10:00:00Z, oldest acceptable timestamp is: 2026-11-16T10:00:00Z"
    expect(judge(entries, answer)).toEqual({
      refused: entries.slice(0, 2),
      retry: [entries.slice(2)],
    })
  })

  it('halves when the answer does not tell which', () => {
    expect(judge(entries, 'something is wrong')).toEqual({
      refused: [],
      retry: [entries.slice(0, 2), entries.slice(2)],
    })
  })

  it('gives up a single line', () => {
    expect(judge(entries.slice(0, 1), 'no')).toEqual({ refused: entries.slice(0, 1), retry: [] })
  })
})

describe('reasonOf', () => {
  it.each([
    ['has timestamp too old: x', 'too_old'],
    ["ignored, reason: 'entry too far behind, y'", 'too_old'],
    ['has timestamp too new: x', 'too_new'],
    ["max entry size '262144' bytes exceeded", 'too_large'],
    ['parse error', 'rejected'],
  ])('reads %j', (answer, reason) => expect(reasonOf(answer)).toBe(reason))
})
