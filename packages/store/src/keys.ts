/** Every Redis key and channel; ARCHITECTURE.md has the table with types and contents. */
export const keys = {
  domain: (name: string) => `cdn:dom:${name}`,
  domains: 'cdn:domains',
  node: (id: string) => `cdn:node:${id}`,
  nodes: 'cdn:nodes',
  nodeHealth: (id: string) => `cdn:node:${id}:health`,
  certificate: (name: string) => `cdn:cert:${name}`,
  certificates: 'cdn:certs',
  lock: (name: string) => `cdn:lock:${name}`,
  audit: 'cdn:audit',
  outbox: 'cdn:outbox',
  purges: 'cdn:purges',
} as const

export const channels = { purge: 'cdn:purge', dirty: 'cdn:cname:dirty' } as const

/** About how many entries a stream keeps; older ones are trimmed. */
export const streamLengths = { audit: 100_000, outbox: 100_000, purges: 10_000 } as const
