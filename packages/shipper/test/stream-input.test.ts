import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { StreamInput } from '../src/inputs/stream-input.ts'

describe('StreamInput', () => {
  it('ends with the last line, also without its newline', async () => {
    const stream = new PassThrough()
    const input = new StreamInput({ service: 'edge', stream, onReadable: () => undefined })
    stream.write('a\nb')
    await new Promise(setImmediate)
    expect((await input.read()).lines.map(({ text }) => text)).toEqual(['a'])
    stream.end('c')
    const texts: unknown[] = []
    while (!input.hasEnded) {
      texts.push(...(await input.read()).lines.map(({ text }) => text))
      await new Promise(setImmediate)
    }
    expect(texts).toEqual(['bc'])
  })

  it('lets the writer wait while nobody reads', async () => {
    const stream = new PassThrough()
    const input = new StreamInput({ service: 'edge', stream, onReadable: () => undefined })
    let written = 0
    while (stream.write('x\n'.repeat(1000))) written += 2000
    await new Promise(setImmediate)
    expect(stream.write('x\n')).toBe(false)
    expect(written).toBeLessThan(1_000_000)
    await input.close()
  })
})
