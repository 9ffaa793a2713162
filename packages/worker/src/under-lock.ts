import type { Locks } from '@cirrus/store'
import { LockLostError } from './errors.ts'

interface LockOptions {
  readonly name: string
  /** Names this holder; never used twice. */
  readonly token: string
  /** After a crash the lock is free again this much later. */
  readonly ttlMs: number
}

/**
 * Does `work` while holding a lock, renewing it all along; undefined where someone else holds it.
 * When the lock is lost, the signal given to `work` is aborted with a {@link LockLostError}.
 */
export async function underLock<T>(
  locks: Locks,
  { name, token, ttlMs }: LockOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  if (!(await locks.acquire(name, token, ttlMs))) return undefined
  const lost = new AbortController()
  const renewal = setInterval(() => void renew(), ttlMs / 3)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(renewal)
    // Where Redis does not answer, the lock ends by itself.
    await locks.release(name, token).catch(() => false)
  }

  async function renew(): Promise<void> {
    try {
      if (!(await locks.renew(name, token, ttlMs))) lost.abort(new LockLostError(name))
    } catch (error) {
      lost.abort(new LockLostError(name, { cause: error }))
    }
  }
}
