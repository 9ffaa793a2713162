import { describe, expect, it } from 'vitest'
import type { Fold } from './fold-labels.ts'
import { StreamTable } from './stream-table.ts'

const HOUR_NS = 3_600_000_000_000n
const ignore = (): void => undefined

function withDomains(count: number): StreamTable {
  const table = new StreamTable(new Map(), 0n)
  for (let index = 0; index < count; index += 1) {
    table.admit({ service: 'edge', domain: `d${index}.test` }, 0n, ignore)
  }
  return table
}

describe('StreamTable', () => {
  it('stamps ascending within a stream, close to the time of each line', () => {
    const table = new StreamTable(new Map(), 0n)
    const key = table.admit({ service: 'edge' }, 0n, ignore)
    const other = table.admit({ service: 'api' }, 0n, ignore)
    expect([5n, 5n, 3n, 9n].map((timeNs) => table.stamp(key, timeNs))).toEqual([5n, 6n, 7n, 9n])
    expect(table.stamp(other, 5n)).toBe(5n)
  })

  it('goes on from its notes after a restart', () => {
    const table = new StreamTable(new Map(), 0n)
    const key = table.admit({ service: 'edge', domain: 'a.test' }, 0n, ignore)
    table.stamp(key, 1795427999123456789n)
    const notes = table.takeNotes([key])
    const again = new StreamTable(
      new Map([...notes].map(([name, value]) => [name, value ?? ''])),
      0n,
    )
    expect(again.stamp(key, 5n)).toBe(1795427999123456790n)
    expect(again.hasDomain('a.test')).toBe(true)
  })

  it('folds domains beyond the bound of the catalog into one stream', () => {
    const table = withDomains(1000)
    const folds: Fold[] = []
    const labels = { service: 'edge', env: 'production', domain: 'bomb.test' }
    const key = table.admit(labels, 0n, (fold) => folds.push(fold))
    expect(JSON.parse(key)).toEqual({ service: 'edge', domain: '__other__' })
    expect(table.stamp(key, 1n)).toBe(1n)
    expect(folds).toEqual([{ label: 'domain', value: 'bomb.test' }])
    expect(table.admit({ service: 'edge', domain: 'd1.test' }, 0n, ignore)).toContain('d1.test')
    expect(table.admit({ service: 'edge', domain: '__unknown__' }, 0n, ignore)).toContain('unknown')
  })

  it('makes room by forgetting what was not used for a day', () => {
    const table = withDomains(1000)
    table.admit({ service: 'edge', domain: 'd1.test' }, 20n * HOUR_NS, ignore)
    const key = table.admit({ service: 'edge', domain: 'new.test' }, 25n * HOUR_NS, ignore)
    expect(key).toContain('new.test')
    expect([table.hasDomain('d1.test'), table.hasDomain('d2.test')]).toEqual([true, false])
    expect(table.takeNotes([])).toContainEqual([expect.stringContaining('d2.test'), undefined])
  })
})
