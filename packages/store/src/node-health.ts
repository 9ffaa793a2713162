import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { commit } from './commit.ts'
import { channels, keys } from './keys.ts'
import { type ChangeContext, type Sources, traceEvent } from './traces.ts'

export const nodeStates = ['unknown', 'up', 'down'] as const

/** What is known of a node's health, after hysteresis. */
export interface NodeHealth {
  readonly state: (typeof nodeStates)[number]
  /** Checks that failed, or succeeded, in a row. */
  readonly failures: number
  readonly successes: number
  readonly checked_at: string
  /** Why the last check failed; empty when it succeeded. */
  readonly reason: string
}

export interface NodeHealths {
  /** `undefined` for a node that was never checked. */
  get(id: string): Promise<NodeHealth | undefined>
  /**
   * Keeps the outcome of a check; when the state changed, an outbox event and a hint go with it.
   * A node that is gone is left alone.
   *
   * @returns whether the state changed
   */
  record(id: string, health: NodeHealth, context: ChangeContext): Promise<boolean>
}

type HealthRedis = Pick<Redis, 'get' | 'hget' | 'hgetall' | 'cirrusCommit'>

export function createNodeHealths(redis: HealthRedis, sources: Sources): NodeHealths {
  async function get(id: string): Promise<NodeHealth | undefined> {
    return parseHealth(await answered(redis.hgetall(keys.nodeHealth(id))))
  }

  return {
    get,
    async record(id, health, context) {
      const resource = `node/${id}`
      const node = await answered(redis.get(keys.node(id)))
      if (node === null) return false
      const previous = (await answered(redis.hget(keys.nodeHealth(id), 'state'))) ?? undefined
      const changed = (previous ?? 'unknown') !== health.state
      const after = { node: id, ...health, previous: previous ?? 'unknown' }
      const done = await commit(redis, {
        guards: [
          { read: ['GET', keys.node(id)], expected: node },
          { read: ['HGET', keys.nodeHealth(id), 'state'], expected: previous },
        ],
        commands: [
          ...(changed
            ? [traceEvent({ event: 'node.health.changed', resource, after, context }, sources)]
            : []),
          ['HSET', keys.nodeHealth(id), ...Object.entries(health).flat().map(String)],
        ],
        ...(changed ? { hint: { channel: channels.dirty, message: { resource } } } : {}),
      })
      return done && changed
    },
  }
}

function parseHealth(fields: Readonly<Record<string, string>>): NodeHealth | undefined {
  const state = nodeStates.find((name) => name === fields['state'])
  if (state === undefined) return undefined
  return {
    state,
    failures: Number(fields['failures']),
    successes: Number(fields['successes']),
    checked_at: fields['checked_at'] ?? '',
    reason: fields['reason'] ?? '',
  }
}
