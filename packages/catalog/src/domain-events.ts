/** What happened to a resource of the control plane; written to the outbox with the state. */
export interface DomainEvent {
  readonly resource: 'domain' | 'node' | 'purge' | 'certificate'
  readonly description: string
}

/** Every domain event, keyed by its type. */
export const domainEvents = {
  'domain.created': { resource: 'domain', description: 'A domain was added.' },
  'domain.updated': { resource: 'domain', description: 'Configuration of a domain changed.' },
  'domain.deleted': { resource: 'domain', description: 'A domain was removed.' },
  'node.created': { resource: 'node', description: 'An edge node was added.' },
  'node.updated': { resource: 'node', description: 'An edge node changed.' },
  'node.deleted': { resource: 'node', description: 'An edge node was removed.' },
  'node.health.changed': { resource: 'node', description: 'A node went up or down.' },
  'purge.requested': { resource: 'purge', description: 'Cached objects are to be dropped.' },
  'certificate.stored': { resource: 'certificate', description: 'A certificate was stored.' },
} as const satisfies Record<string, DomainEvent>

export type DomainEventType = keyof typeof domainEvents
