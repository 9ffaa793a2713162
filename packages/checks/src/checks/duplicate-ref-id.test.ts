import { describe, expect, it } from 'vitest'
import { dashboard, foundBy } from '../../test/found-by.ts'

describe('duplicate-ref-id', () => {
  it.each([
    [['A', 'B'], 0],
    [['A', 'A'], 1],
    [['A', 'B', 'A', 'A'], 2],
    [[undefined, undefined], 0],
  ])('counts %j', (refIds, count) => {
    const panels = [{ title: 'P', targets: refIds.map((refId) => ({ refId, expr: 'up' })) }]
    expect(foundBy('duplicate-ref-id', { 'd.json': dashboard(panels) })).toHaveLength(count)
  })
})
