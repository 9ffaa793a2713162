import type { workerMetrics } from '@cirrus/catalog'
import type { Instruments } from '@cirrus/metrics'
import type { Certificate, Domain, Store } from '@cirrus/store'
import { allPages } from '../all-pages.ts'
import type { Job } from '../job.ts'

export interface CertificateInventoryDependencies {
  readonly store: {
    readonly domains: Pick<Store['domains'], 'list'>
    readonly certificates: Pick<Store['certificates'], 'list'>
  }
  readonly metrics: Pick<
    Instruments<typeof workerMetrics>,
    'certificateNotBefore' | 'certificateNotAfter' | 'domainsWithoutCertificate'
  >
}

interface Inventory {
  readonly domains: readonly Domain[]
  readonly certificates: ReadonlyMap<string, Certificate>
}

/** Reads the validity of the certificate of every domain. */
export function createCertificateInventoryJob({
  store,
  metrics,
}: CertificateInventoryDependencies): Job {
  async function takeInventory(): Promise<Inventory> {
    const inventory = await readInventory(store)
    exportInventory(inventory, metrics)
    return inventory
  }

  return {
    async run() {
      const { domains } = await takeInventory()
      return domains.length === 0
        ? { branch: 'skipped', reason: 'no_domains' }
        : { branch: 'done', reason: 'inventory_taken' }
    },
    refresh: async () => void (await takeInventory()),
  }
}

async function readInventory({
  domains,
  certificates,
}: CertificateInventoryDependencies['store']): Promise<Inventory> {
  const stored = await allPages(domains.list)
  const found = await allPages(certificates.list)
  return {
    domains: stored.map(({ document }) => document),
    certificates: new Map(found.map((certificate) => [certificate.domain, certificate])),
  }
}

function exportInventory(
  { domains, certificates }: Inventory,
  metrics: CertificateInventoryDependencies['metrics'],
): void {
  metrics.certificateNotBefore.reset()
  metrics.certificateNotAfter.reset()
  for (const { name: host, env, team, business } of domains) {
    const certificate = certificates.get(host)
    if (certificate === undefined) continue
    const series = { host, env, team, business }
    metrics.certificateNotBefore.set(series, secondsOf(certificate.not_before))
    metrics.certificateNotAfter.set(series, secondsOf(certificate.not_after))
  }
  const missing = domains.filter(({ name }) => !certificates.has(name))
  metrics.domainsWithoutCertificate.set(missing.length)
}

function secondsOf(timestamp: string): number {
  return Date.parse(timestamp) / 1000
}
