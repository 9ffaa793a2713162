import { describe, expect, it } from 'vitest'
import { joinDockerLines } from './docker-lines.ts'
import { MAX_LINE_BYTES } from './input.ts'

const time = '2026-11-23T10:00:00.000000001Z'

function wrap(log: string, fields: object = {}): string {
  return JSON.stringify({
    log,
    stream: 'stdout',
    time,
    attrs: { 'cirrus.service': 'edge' },
    ...fields,
  })
}

describe('joinDockerLines', () => {
  it('unwraps a line with its time and the service of its container', () => {
    const { lines } = joinDockerLines([wrap('{"a":1}\n')], {})
    expect(lines).toEqual([{ text: '{"a":1}', service: 'edge', time }])
  })

  it('joins the parts of a long line, each output stream for itself, also across reads', () => {
    const first = joinDockerLines([wrap('aa'), wrap('E', { stream: 'stderr' })], {})
    expect(first.lines).toEqual([])
    const second = joinDockerLines([wrap('bb\n'), wrap('F\n', { stream: 'stderr' })], first.pending)
    expect(second.lines.map(({ text }) => text)).toEqual(['aabb', 'EF'])
    expect(second.pending).toEqual({})
  })

  it('keeps no more of a line than is needed to refuse it', () => {
    const part = wrap('x'.repeat(16 * 1024))
    const { pending } = joinDockerLines(
      Array.from({ length: 20 }, () => part),
      {},
    )
    expect(pending['stdout']).toHaveLength(MAX_LINE_BYTES + 1)
  })

  it('passes over containers of others and damaged lines', () => {
    const lines = [
      wrap('a\n', { attrs: {} }),
      wrap('b\n', { attrs: undefined }),
      '{"log":',
      undefined,
    ]
    expect(joinDockerLines(lines, {})).toEqual({ lines: [], pending: {} })
  })
})
