import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { keys } from './keys.ts'

/** Locks with a time to live; a token tells their holder. */
export interface Locks {
  /** Takes a free lock; false where someone holds it. */
  acquire(name: string, token: string, ttlMs: number): Promise<boolean>
  /** Holds on to a lock taken with this token; false where it is gone. */
  renew(name: string, token: string, ttlMs: number): Promise<boolean>
  /** Gives back a lock taken with this token; false where it was gone. */
  release(name: string, token: string): Promise<boolean>
}

const RENEW = whereHeld("redis.call('PEXPIRE', KEYS[1], ARGV[2])")
const RELEASE = whereHeld("redis.call('DEL', KEYS[1])")

export function createLocks(redis: Pick<Redis, 'set' | 'eval'>): Locks {
  return {
    async acquire(name, token, ttlMs) {
      return (await answered(redis.set(keys.lock(name), token, 'PX', ttlMs, 'NX'))) === 'OK'
    },
    async renew(name, token, ttlMs) {
      return (await answered(redis.eval(RENEW, 1, keys.lock(name), token, ttlMs))) === 1
    },
    async release(name, token) {
      return (await answered(redis.eval(RELEASE, 1, keys.lock(name), token))) === 1
    },
  }
}

function whereHeld(command: string): string {
  return `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return ${command}`
}
