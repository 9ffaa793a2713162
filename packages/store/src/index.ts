export type { Certificate, CertificateInput } from './certificate.ts'
export type { Certificates } from './certificates.ts'
export { type ConnectOptions, type ConnectedStore, connectStore } from './connect-store.ts'
export { type Store, type StoreOptions, createStore } from './create-store.ts'
export type { Documents } from './documents.ts'
export type { CacheRules, Domain, DomainInput, Origin, OriginInput } from './domain.ts'
export { isHost, normaliseDomainName } from './domain-name.ts'
export {
  CertificateError,
  ConflictError,
  type ConflictReason,
  StoreUnavailableError,
} from './errors.ts'
export type { Expectation } from './expectation.ts'
export type { Locks } from './locks.ts'
export type { Node, NodeInput } from './node.ts'
export { type NodeHealth, type NodeHealths, nodeStates } from './node-health.ts'
export type { PurgeInput, PurgeRequest, Purges } from './purges.ts'
export type { Page, Stored, Written } from './stored.ts'
export type { Audit, Events, Sequenced } from './streams.ts'
export type { AuditRecord, ChangeAction, ChangeContext, OutboxEvent } from './traces.ts'
