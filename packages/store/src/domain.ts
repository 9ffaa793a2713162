import type { Business, Environment, Team } from '@cirrus/catalog'
import type { DocumentKind, Timestamps } from './document-kind.ts'
import { normaliseDomainName } from './domain-name.ts'
import { keys } from './keys.ts'

export interface OriginInput {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** Name sent in the TLS handshake; the host by default. */
  readonly sni?: string
  /** Share of requests among the origins of a domain; default 1. */
  readonly weight?: number
}

export interface Origin extends OriginInput {
  readonly weight: number
}

export interface CacheRules {
  readonly enable: boolean
  /** How long answers without an explicit lifetime are kept, seconds. */
  readonly ttl: number
}

/** A domain as callers describe it. */
export interface DomainInput {
  readonly name: string
  readonly origins: readonly OriginInput[]
  readonly cache?: Partial<CacheRules>
  /** Headers added to requests to origins. */
  readonly upstream_headers?: Readonly<Record<string, string>>
  readonly env: Environment
  readonly team: Team
  readonly business: Business
}

interface DomainContent extends DomainInput {
  readonly origins: readonly Origin[]
  readonly cache: CacheRules
  readonly upstream_headers: Readonly<Record<string, string>>
}

/** A domain as it is stored and as the API shows it. */
export interface Domain extends DomainContent, Timestamps {}

const defaultCache: CacheRules = { enable: true, ttl: 60 }

export const domainKind: DocumentKind<DomainInput, DomainContent> = {
  name: 'domain',
  index: keys.domains,
  keyOf: keys.domain,
  idOf: ({ name }) => name,
  complete: completeDomain,
  removeDependants: (name) => [
    ['ZREM', keys.certificates, name],
    ['DEL', keys.certificate(name)],
  ],
}

/** Keys in one order, so that equal content is equal text. */
function completeDomain(input: DomainInput): DomainContent {
  const name = normaliseDomainName(input.name)
  if (name === undefined) throw new RangeError(`${JSON.stringify(input.name)} is no domain name`)
  return {
    name,
    origins: input.origins.map(completeOrigin),
    cache: {
      enable: input.cache?.enable ?? defaultCache.enable,
      ttl: input.cache?.ttl ?? defaultCache.ttl,
    },
    upstream_headers: Object.fromEntries(
      Object.entries(input.upstream_headers ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    env: input.env,
    team: input.team,
    business: input.business,
  }
}

function completeOrigin({ scheme, host, port, sni, weight = 1 }: OriginInput): Origin {
  return { scheme, host, port, ...(sni === undefined ? {} : { sni }), weight }
}
