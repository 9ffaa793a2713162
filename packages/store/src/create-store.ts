import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { type Certificates, createCertificates } from './certificates.ts'
import { defineCommit } from './commit.ts'
import { type Documents, createDocuments } from './documents.ts'
import { type Domain, type DomainInput, domainKind } from './domain.ts'
import { type Locks, createLocks } from './locks.ts'
import { type Node, type NodeInput, nodeKind } from './node.ts'
import { type NodeHealths, createNodeHealths } from './node-health.ts'
import { type Purges, createPurges } from './purges.ts'
import { type Audit, type Events, createAudit, createEvents } from './streams.ts'
import type { Sources } from './traces.ts'

/** State of the control plane. Every method may throw `StoreUnavailableError`. */
export interface Store {
  readonly domains: Documents<DomainInput, Domain>
  readonly nodes: Documents<NodeInput, Node>
  readonly nodeHealth: NodeHealths
  readonly certificates: Certificates
  readonly purges: Purges
  readonly locks: Locks
  readonly audit: Audit
  readonly events: Events
  /** Resolves when Redis answers. */
  ping(): Promise<void>
}

export interface StoreOptions extends Partial<Sources> {
  readonly redis: Redis
}

export function createStore({
  redis,
  clock = () => new Date(),
  newId = randomUUID,
}: StoreOptions): Store {
  const sources: Sources = { clock, newId }
  defineCommit(redis)
  return {
    domains: createDocuments(redis, domainKind, sources),
    nodes: createDocuments(redis, nodeKind, sources),
    nodeHealth: createNodeHealths(redis, sources),
    certificates: createCertificates(redis, sources),
    purges: createPurges(redis, sources),
    locks: createLocks(redis),
    audit: createAudit(redis),
    events: createEvents(redis),
    async ping() {
      await answered(redis.ping())
    },
  }
}
