import { describe, expect, it } from 'vitest'
import { MAX_LINE_BYTES } from './input.ts'
import { splitLines } from './split-lines.ts'

describe('splitLines', () => {
  it('leaves an unfinished line for later', () => {
    expect(splitLines(Buffer.from('a\n\nbc'), false)).toEqual({
      lines: ['a', ''],
      consumed: 3,
      isSkipping: false,
    })
  })

  it('makes any bytes text', () => {
    const bytes = Buffer.from([0x61, 0xff, 0xc3, 0x28, 0x00, 0x0a])
    expect(splitLines(bytes, false).lines).toEqual(['a\uFFFD\uFFFD(\0'])
  })

  it('marks a line that is too long and skips its rest, however much follows', () => {
    const start = splitLines(Buffer.alloc(MAX_LINE_BYTES + 1, 'x'), false)
    expect(start).toEqual({ lines: [undefined], consumed: MAX_LINE_BYTES + 1, isSkipping: true })
    const middle = splitLines(Buffer.alloc(10, 'x'), true)
    expect(middle).toEqual({ lines: [], consumed: 10, isSkipping: true })
    const end = splitLines(Buffer.from('xx\nnext\n'), true)
    expect(end).toEqual({ lines: ['next'], consumed: 8, isSkipping: false })
  })

  it('marks a complete line that is too long', () => {
    const bytes = Buffer.from(`${'x'.repeat(MAX_LINE_BYTES + 1)}\nb\n`)
    expect(splitLines(bytes, false).lines).toEqual([undefined, 'b'])
  })
})
