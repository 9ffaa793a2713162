import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { type Certificate, type CertificateInput, readCertificate } from './certificate.ts'
import { commit } from './commit.ts'
import { cursorOf, readIndex } from './documents.ts'
import { keys } from './keys.ts'
import type { Page } from './stored.ts'
import { type ChangeContext, type Sources, traceChange } from './traces.ts'

export interface Certificates {
  get(domain: string): Promise<Certificate | undefined>
  /** Certificates in the order of their domains, after `cursor`. */
  list(cursor: string | undefined, limit: number): Promise<Page<Certificate>>
  /**
   * Stores a certificate with its key for the edges; the same certificate again changes nothing.
   *
   * @throws {CertificateError} when the texts are no certificate and its key
   */
  put(input: CertificateInput, context: ChangeContext): Promise<Certificate>
}

type CertificateRedis = Pick<Redis, 'hmget' | 'zrangebylex' | 'cirrusCommit'>

const fields = ['names', 'issuer', 'not_before', 'not_after', 'fingerprint'] as const

export function createCertificates(redis: CertificateRedis, sources: Sources): Certificates {
  async function get(domain: string): Promise<Certificate | undefined> {
    const values = await answered(redis.hmget(keys.certificate(domain), ...fields))
    return parseCertificate(domain, values)
  }

  return {
    get,
    async list(cursor, limit) {
      const domains = await readIndex(redis, keys.certificates, { cursor, limit: limit + 1 })
      const page = domains.slice(0, limit)
      const found = await Promise.all(page.map(get))
      const items = found.filter((item) => item !== undefined)
      return { items, ...cursorOf(page, domains.length > limit) }
    },
    async put(input, context) {
      const after = readCertificate(input)
      const before = await get(input.domain)
      if (before?.fingerprint === after.fingerprint) return before
      const { domain, names, ...texts } = after
      const entries = { ...texts, names: JSON.stringify(names), ...pemOf(input) }
      const resource = `certificate/${domain}`
      // No guard: a certificate does not depend on the one before it, and the last one stands.
      await commit(redis, {
        guards: [],
        commands: [
          ...traceChange(
            { resource, action: 'store', event: 'certificate.stored', before, after, context },
            sources,
          ),
          ['ZADD', keys.certificates, '0', domain],
          ['HSET', keys.certificate(domain), ...Object.entries(entries).flat()],
        ],
      })
      return after
    },
  }
}

function pemOf({ fullchain, key }: CertificateInput): { fullchain: string; key: string } {
  return { fullchain, key }
}

function parseCertificate(
  domain: string,
  [names, issuer, not_before, not_after, fingerprint]: readonly (string | null)[],
): Certificate | undefined {
  if (!names || !issuer || !not_before || !not_after || !fingerprint) return undefined
  return { domain, names: JSON.parse(names), issuer, not_before, not_after, fingerprint }
}
