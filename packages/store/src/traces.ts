import type { DomainEventType } from '@cirrus/catalog'
import { type Command, append } from './commit.ts'
import { withoutSecrets } from './without-secrets.ts'

/** Who asks for a change, and in which request. */
export interface ChangeContext {
  readonly caller: string
  readonly requestId: string
}

export type ChangeAction = 'create' | 'update' | 'delete' | 'request' | 'store'

/** One record of the audit stream. Secrets in `before` and `after` are masked. */
export interface AuditRecord {
  readonly id: string
  readonly time: string
  readonly caller: string
  readonly request_id: string
  readonly action: ChangeAction
  /** Kind and id, as in `domain/news.demo.test`. */
  readonly resource: string
  readonly before?: unknown
  readonly after?: unknown
}

/** One event of the outbox stream, as it is stored: its `seq` is the id of the entry. */
export interface OutboxEvent {
  readonly id: string
  readonly type: DomainEventType
  readonly time: string
  readonly resource: string
  readonly caller: string
  readonly request_id: string
  readonly data: unknown
}

/** Where time and ids come from. */
export interface Sources {
  readonly clock: () => Date
  readonly newId: () => string
}

export interface Change {
  readonly resource: string
  readonly before?: object | undefined
  readonly after?: object | undefined
  readonly context: ChangeContext
}

/** The audit record and the outbox event of a change. */
export function traceChange(
  change: Change & { readonly action: ChangeAction; readonly event: DomainEventType },
  sources: Sources,
): readonly Command[] {
  const { resource, action, context } = change
  const now = sources.clock()
  const record: AuditRecord = {
    id: sources.newId(),
    time: now.toISOString(),
    caller: context.caller,
    request_id: context.requestId,
    action,
    resource,
    before: withoutSecrets(change.before),
    after: withoutSecrets(change.after),
  }
  return [append('audit', 'record', record), traceEvent(change, { ...sources, clock: () => now })]
}

/** The outbox event of a change that nobody asked for, such as a node that went down. */
export function traceEvent(
  { event, resource, before, after, context }: Change & { readonly event: DomainEventType },
  { clock, newId }: Sources,
): Command {
  const entry: OutboxEvent = {
    id: newId(),
    type: event,
    time: clock().toISOString(),
    resource,
    caller: context.caller,
    request_id: context.requestId,
    data: withoutSecrets(after ?? before),
  }
  return append('outbox', 'event', entry)
}
