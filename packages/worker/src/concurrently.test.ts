import { setImmediate as tick } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { concurrently } from './concurrently.ts'

describe('concurrently', () => {
  it('works on every item, at most so many at a time', async () => {
    const items = Array.from({ length: 20 }, (_, index) => index)
    const seen: number[] = []
    let running = 0
    let most = 0
    await concurrently(items, 3, async (item) => {
      most = Math.max(most, (running += 1))
      await tick()
      running -= 1
      seen.push(item)
    })
    expect(seen.toSorted((a, b) => a - b)).toEqual(items)
    expect(most).toBe(3)
  })

  it('throws the first error after what was begun has ended', async () => {
    const ended: string[] = []
    const work = concurrently(['bad', 'good'], 2, async (item) => {
      if (item === 'bad') throw new Error('bad item')
      await tick()
      ended.push(item)
    })
    await expect(work).rejects.toThrow('bad item')
    expect(ended).toEqual(['good'])
  })

  it('does nothing for no items', async () => {
    await concurrently([], 3, () => Promise.reject(new Error('not called')))
  })
})
