import { describe, expect, it } from 'vitest'
import {
  type Chunk,
  createChunks,
  decodeChunks,
  encodeChunks,
  firstStampNs,
  takeMergeable,
} from './chunk.ts'

function lines(count: number, line: string): Parameters<typeof createChunks>[1] {
  return Array.from({ length: count }, (_, index) => ({
    ns: BigInt(index + 1),
    line,
    metadata: {},
  }))
}

describe('createChunks', () => {
  it('cuts at a thousand lines and at a mebibyte', () => {
    expect(createChunks('{}', lines(2500, 'a')).map(({ count }) => count)).toEqual([
      1000, 1000, 500,
    ])
    const large = createChunks('{}', lines(10, 'x'.repeat(250_000)))
    expect(large.map(({ count }) => count)).toEqual([4, 4, 2])
  })

  it('survives encoding, whatever the lines hold', () => {
    const chunks = createChunks('{"service":"edge"}', lines(3, 'a\tb\nc"\\\u2028'))
    const decoded = decodeChunks(encodeChunks([...chunks, ...chunks]))
    expect(decoded).toEqual([...chunks, ...chunks])
    expect(JSON.parse(`[${decoded[0]?.entries}]`)[0]).toEqual(['1', 'a\tb\nc"\\\u2028', {}])
    expect(decoded.map(firstStampNs)).toEqual([1n, 1n])
    expect(decodeChunks(encodeChunks([]))).toEqual([])
  })
})

function chunk(count: number): Chunk {
  return { stream: '{}', count, entries: '' }
}

describe('takeMergeable', () => {
  it('takes what fits one push, and at least one chunk', () => {
    const waiting = [chunk(600), chunk(400), chunk(1)]
    expect(takeMergeable(waiting)).toHaveLength(2)
    expect(takeMergeable(waiting)).toHaveLength(1)
    expect(waiting).toEqual([])
  })
})
