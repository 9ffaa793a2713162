import { describe, expect, it } from 'vitest'
import { demoKnowledge as knowledge } from '../../test/demo-knowledge.ts'
import { alertFile, foundBy } from '../../test/found-by.ts'

describe('selector-label', () => {
  it.each([
    ['up{pop="fra"} == 0', 1],
    ['up{job="api"} == 0', 0],
    ['nobody_knows{pop="fra"} == 0', 0],
  ])('judges %s', (expr, count) => {
    expect(foundBy('selector-label', alertFile(expr), { knowledge })).toHaveLength(count)
  })
})
