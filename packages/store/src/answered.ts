import { ReplyError } from 'ioredis'
import { StoreUnavailableError } from './errors.ts'

/** Replies of a Redis that runs but cannot serve us now. */
const notNow =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|BUSY|OOM|MISCONF|NOREPLICAS|NOAUTH|WRONGPASS|UNKILLABLE)\b/

/**
 * Waits for a reply of Redis.
 *
 * @throws {StoreUnavailableError} when none came, or one that says "not now"
 */
export async function answered<T>(reply: Promise<T>): Promise<T> {
  try {
    return await reply
  } catch (error) {
    const isAnswer = error instanceof ReplyError
    if (isAnswer && !notNow.test(messageOf(error))) throw error
    throw new StoreUnavailableError('Redis does not answer', { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
