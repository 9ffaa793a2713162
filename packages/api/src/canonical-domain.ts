import { normaliseDomainName } from '@cirrus/store'

/** The canonical form of a name that passed the format `domain-name`. */
export function canonicalDomain(name: string): string {
  return normaliseDomainName(name) ?? name
}
