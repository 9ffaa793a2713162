import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The environment of the machine. This package exists to deal with that machine, so it is the one
 * place besides `main.ts` files that reads it.
 */
export const environment: Readonly<Record<string, string | undefined>> = process.env

/** Per-user cache of what was built or fetched once. */
export function cacheDirectory(): string {
  const base = environment['XDG_CACHE_HOME']
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'cirrus')
}
