import { type Domain, type DomainInput, type Node, type NodeInput, type Store } from '@cirrus/store'
import type { DocumentResource } from './document-resource.ts'
import { canonicalDomain } from './canonical-domain.ts'
import {
  DomainInputSchema,
  DomainNameSchema,
  DomainSchema,
  DomainSettingsSchema,
} from './schemas/domain.ts'
import { NodeIdSchema, NodeInputSchema, NodeSchema, NodeSettingsSchema } from './schemas/node.ts'
import { ref } from './schemas/shared.ts'

type Optional<T, Key extends keyof T> = Omit<T, Key> & Partial<Pick<T, Key>>

export function domainResource({
  domains,
}: Pick<Store, 'domains'>): DocumentResource<Optional<DomainInput, 'name'>, DomainInput, Domain> {
  return {
    name: 'domain',
    key: 'name',
    documents: domains,
    schemas: {
      id: DomainNameSchema,
      input: ref(DomainInputSchema),
      settings: ref(DomainSettingsSchema),
      document: ref(DomainSchema),
    },
    idOf: ({ name }) => name,
    withId: (settings, name) => ({ ...settings, name }),
    canonicalId: canonicalDomain,
  }
}

export function nodeResource({
  nodes,
}: Pick<Store, 'nodes'>): DocumentResource<Optional<NodeInput, 'id'>, NodeInput, Node> {
  return {
    name: 'node',
    key: 'id',
    documents: nodes,
    schemas: {
      id: NodeIdSchema,
      input: ref(NodeInputSchema),
      settings: ref(NodeSettingsSchema),
      document: ref(NodeSchema),
    },
    idOf: ({ id }) => id,
    withId: (settings, id) => ({ ...settings, id }),
    canonicalId: (id) => id,
  }
}
