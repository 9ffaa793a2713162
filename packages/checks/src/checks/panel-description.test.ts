import { describe, expect, it } from 'vitest'
import { dashboard, foundBy } from '../../test/found-by.ts'

describe('panel-description', () => {
  it.each([
    [{ type: 'stat', title: 'A', description: 'What it is.' }, []],
    [{ type: 'stat', title: 'A' }, ['The stat panel "A" has no description.']],
    [{ type: 'graph' }, ['The graph panel "" has no title and no description.']],
    [{ type: 'text' }, []],
  ])('judges %j', (panel, found) => {
    expect(foundBy('panel-description', { 'd.json': dashboard([panel]) })).toEqual(
      found.map((text) => expect.stringContaining(text)),
    )
  })
})
