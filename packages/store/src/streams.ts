import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { keys } from './keys.ts'
import type { Page } from './stored.ts'
import type { AuditRecord, OutboxEvent } from './traces.ts'

/** An entry with its place in the stream. */
export type Sequenced<Entry> = Entry & { readonly seq: string }

export interface Audit {
  /** Records from the newest on, before `cursor`. */
  list(cursor: string | undefined, limit: number): Promise<Page<Sequenced<AuditRecord>>>
}

export interface Events {
  /** Events from the oldest on, after the one with `seq` `after`. */
  read(after: string | undefined, limit: number): Promise<readonly Sequenced<OutboxEvent>[]>
}

type Entries = readonly (readonly [id: string, fields: readonly string[]])[]

export function createAudit(redis: Pick<Redis, 'xrevrange'>): Audit {
  return {
    async list(cursor, limit) {
      const end = cursor === undefined ? '+' : `(${cursor}`
      const entries = await answered(redis.xrevrange(keys.audit, end, '-', 'COUNT', limit + 1))
      const items = parseEntries<AuditRecord>(entries.slice(0, limit))
      const last = items.at(-1)
      return entries.length > limit && last !== undefined ? { items, cursor: last.seq } : { items }
    },
  }
}

export function createEvents(redis: Pick<Redis, 'xrange'>): Events {
  return {
    async read(after, limit) {
      const start = after === undefined ? '-' : `(${after}`
      return parseEntries<OutboxEvent>(
        await answered(redis.xrange(keys.outbox, start, '+', 'COUNT', limit)),
      )
    },
  }
}

/** Each entry has one field, whose value is the JSON that `append` wrote. */
function parseEntries<Entry extends object>(entries: Entries): readonly Sequenced<Entry>[] {
  return entries.map(([seq, fields]) => ({ ...(JSON.parse(fields[1] ?? '{}') as Entry), seq }))
}
