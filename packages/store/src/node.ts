import type { DocumentKind, Timestamps } from './document-kind.ts'
import { keys } from './keys.ts'

/** An edge machine as callers describe it. */
export interface NodeInput {
  readonly id: string
  readonly address: string
  /** Where `/healthz` and `/metrics` answer; default 9145. */
  readonly health_port?: number
  readonly region?: string
}

interface NodeContent extends NodeInput {
  readonly health_port: number
  readonly region: string
}

/** An edge machine as it is stored and as the API shows it. */
export interface Node extends NodeContent, Timestamps {}

const DEFAULT_HEALTH_PORT = 9145
const DEFAULT_REGION = 'default'

export const nodeKind: DocumentKind<NodeInput, NodeContent> = {
  name: 'node',
  index: keys.nodes,
  keyOf: keys.node,
  idOf: ({ id }) => id,
  complete: ({ id, address, health_port = DEFAULT_HEALTH_PORT, region = DEFAULT_REGION }) => ({
    id,
    address,
    health_port,
    region,
  }),
  removeDependants: (id) => [['DEL', keys.nodeHealth(id)]],
}
