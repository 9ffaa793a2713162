import { RedisEvictsError } from './errors.ts'

/**
 * Makes sure that Redis never drops keys by itself; BullMQ only warns.
 *
 * @throws {RedisEvictsError} when it may
 */
export async function requireNoEviction(redis: {
  info(section: string): Promise<string>
}): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1]
  if (policy !== undefined && policy !== 'noeviction') throw new RedisEvictsError(policy)
}
