import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { append, commit } from './commit.ts'
import { channels, keys } from './keys.ts'
import { type ChangeContext, type Sources, traceChange } from './traces.ts'

export interface PurgeInput {
  readonly domain: string
  /** Path and query of one object; the whole domain without it. */
  readonly path?: string
}

/** A purge as edges read it from the stream. */
export interface PurgeRequest extends PurgeInput {
  readonly id: string
}

export interface Purges {
  /** Tells every edge to drop cached objects; `undefined` when the domain is not configured. */
  request(input: PurgeInput, context: ChangeContext): Promise<PurgeRequest | undefined>
}

export function createPurges(
  redis: Pick<Redis, 'exists' | 'cirrusCommit'>,
  sources: Sources,
): Purges {
  return {
    async request({ domain, path }, context) {
      if ((await answered(redis.exists(keys.domain(domain)))) === 0) return undefined
      const purge: PurgeRequest = {
        id: sources.newId(),
        domain,
        ...(path === undefined ? {} : { path }),
      }
      const resource = `purge/${purge.id}`
      await commit(redis, {
        guards: [],
        commands: [
          ...traceChange(
            { resource, action: 'request', event: 'purge.requested', after: purge, context },
            sources,
          ),
          append('purges', 'message', purge),
        ],
        hint: { channel: channels.purge, message: purge },
      })
      return purge
    },
  }
}
