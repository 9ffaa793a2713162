import type { Locks } from '@cirrus/store'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LockLostError } from './errors.ts'
import { underLock } from './under-lock.ts'

const lock = { name: 'job:a', token: 't', ttlMs: 9000 }
const free: Locks = {
  acquire: async () => true,
  renew: async () => true,
  release: async () => true,
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Work that takes as long as the lock lasts three times over, and reports how the signal ended. */
async function longWork(signal: AbortSignal): Promise<unknown> {
  await vi.advanceTimersByTimeAsync(27_000)
  return signal.reason
}

describe('underLock', () => {
  it('returns what the work returns', async () => {
    expect(await underLock(free, lock, async () => 7)).toBe(7)
  })

  it('does not begin the work while someone else holds the lock', async () => {
    const work = vi.fn(async () => 7)
    expect(await underLock({ ...free, acquire: async () => false }, lock, work)).toBeUndefined()
    expect(work).not.toHaveBeenCalled()
  })

  it('renews well within the time to live, and no more afterwards', async () => {
    const renew = vi.fn(async () => true)
    expect(await underLock({ ...free, renew }, lock, longWork)).toBeUndefined()
    expect(renew.mock.calls).toEqual(Array.from({ length: 9 }, () => ['job:a', 't', 9000]))
    await vi.advanceTimersByTimeAsync(27_000)
    expect(renew).toHaveBeenCalledTimes(9)
  })

  it('aborts the work when the lock is gone', async () => {
    const gone = { ...free, renew: async () => false }
    expect(await underLock(gone, lock, longWork)).toBeInstanceOf(LockLostError)
  })

  it('aborts the work when the lock cannot be renewed', async () => {
    const cause = new Error('no store')
    const away = { ...free, renew: () => Promise.reject(cause) }
    expect(await underLock(away, lock, longWork)).toMatchObject({ lock: 'job:a', cause })
  })

  it('returns the result even when the lock cannot be given back', async () => {
    const away = { ...free, release: () => Promise.reject(new Error('no store')) }
    expect(await underLock(away, lock, async () => 7)).toBe(7)
  })
})
